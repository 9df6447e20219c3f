{{%AUTOESCAPE context="HTML"}}
{{>_sb_head}}
<title>Back to the merchant - sandbox card page</title>
{{>_sb_pay_top}}
<h1>Back to the merchant</h1>
<p class="lead">The button takes what became of the payment back to the merchant.</p>
<form method="post" action="{{BACK_URL}}">
{{#BACK_FIELDS}}
<input type="hidden" name="{{BACK_NAME}}" value="{{BACK_VALUE}}">
{{/BACK_FIELDS}}
<p class="actions"><button type="submit">Back to the merchant</button></p>
</form>
{{>_sb_foot}}
