{{%AUTOESCAPE context="HTML"}}
<!doctype html>
<html lang="{{LANG}}">
<head>
<meta charset="utf-8">
<title>hello</title>
</head>
<body>
<main id="main"><h1>hello {{GREETING}}</h1>
<a href="{{LANG_RO_URL}}">ro</a> <a href="{{LANG_BG_URL}}">bg</a></main>
</body>
</html>
