{{%AUTOESCAPE context="HTML"}}
<!doctype html>
<html lang="{{LANG}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{SUBJECT}}</title>
</head>
<body style="margin:0;padding:24px;background:#f4f1ea;color:#1b2430;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5">
<table role="presentation" width="100%" style="max-width:560px;margin:0 auto;background:#ffffff;border-top:5px solid #0b5e6b">
<tr><td style="padding:24px">
<p style="margin:0 0 16px;font-weight:bold">{{COMPANY_NAME}}</p>
<h1 style="margin:0 0 16px;font-size:22px;line-height:1.25">{{SUBJECT}}</h1>
