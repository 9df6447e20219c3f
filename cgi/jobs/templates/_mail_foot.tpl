{{%AUTOESCAPE context="HTML"}}
{{#HAS_PHONE}}
<p>[[Questions? Call {{PHONE}}.]]</p>
{{/HAS_PHONE}}
<p style="margin:24px 0 0;color:#56606d;font-size:14px">[[This message was written by a machine; an answer to it is not read. We never ask for card data by e-mail.]]</p>
</td></tr>
</table>
</body>
</html>
