{{%AUTOESCAPE context="HTML"}}
{{>_mail_head}}
<p style="font-size:24px;font-weight:bold">{{PAID}}</p>
<p>{{#POSTED}}[[The payment stands on your account.]]{{/POSTED}}{{#POSTED_LATER}}[[The payment is received. It stands on your account by {{POST_BY}} at the latest.]]{{/POSTED_LATER}}</p>
<table width="100%" style="border-collapse:collapse">
<tr><td style="padding:6px 0">[[Receipt number]]</td><td align="right">{{RECEIPT_NO}}</td></tr>
<tr><td style="padding:6px 0">[[Paid at]]</td><td align="right">{{PAID_AT}}</td></tr>
<tr><td style="padding:6px 0">[[Payment code]]</td><td align="right">…{{CODE_HINT}}</td></tr>
<tr><td style="padding:6px 0">[[Reference]]</td><td align="right" style="word-break:break-all">{{REFERENCE}}</td></tr>
</table>
<h2 style="margin:24px 0 8px;font-size:18px">[[What it paid]]</h2>
<table width="100%" style="border-collapse:collapse">
{{#PARTS}}
<tr><td style="padding:6px 0;border-top:1px solid #d8d2c4">{{#PART_INVOICE}}[[Invoice {{PART_NUMBER}}]]{{/PART_INVOICE}}{{#PART_CREDIT}}[[Credit for the next bill]]{{/PART_CREDIT}}</td><td align="right" style="border-top:1px solid #d8d2c4">{{PART_SUM}}</td></tr>
{{/PARTS}}
</table>
<p style="margin:24px 0"><a href="{{RECEIPT_URL}}">[[Show the receipt]]</a></p>
<p>[[Anybody can check at this address that the receipt is genuine:]] <a href="{{CHECK_URL}}">{{CHECK_URL}}</a></p>
{{>_mail_foot}}
