{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Log in]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Log in]]</h1>
{{#NEWS_IS_ACTIVATED}}
<p class="good" role="status">[[Your account is ready. Log in with your address and the password that you chose.]]</p>
{{/NEWS_IS_ACTIVATED}}
{{#NEWS_IS_ASKED}}
<p class="good" role="status">[[Your account is ready. The contract is in somebody's account already: its owner was asked, and you see it as soon as they agree.]]</p>
{{/NEWS_IS_ASKED}}
{{#NEWS_IS_RESET}}
<p class="good" role="status">[[Your password was changed, and all browsers were logged out. Log in with the new one.]]</p>
{{/NEWS_IS_RESET}}
{{#NEWS_IS_OUT}}
<p class="good" role="status">[[You are logged out.]]</p>
{{/NEWS_IS_OUT}}
{{#UNDONE_IS_ON}}
<p class="warn" role="status">[[Your log-in had ended, so nothing was done. Log in and repeat it.]]</p>
{{/UNDONE_IS_ON}}
<form method="post" action="/{{LANG}}/login" novalidate>
{{>_form}}
<input type="hidden" name="next" value="{{NEXT_VALUE}}">
{{>_field_mail_or_name}}
{{>_field_password}}
<div class="field">
<label for="keep"><input type="checkbox" id="keep" name="keep" value="1"{{#KEEP_IS_ON}} checked{{/KEEP_IS_ON}}> [[Keep me logged in on this device]]</label>
</div>
<p class="actions"><button type="submit">[[Log in]]</button></p>
</form>
<p><a href="/{{LANG}}/reset">[[I forgot my password]]</a></p>
<p>[[No account yet?]] <a href="/{{LANG}}/register">[[Open an account]]</a></p>
<p class="quiet">[[To pay a single bill you need no account:]] <a href="/{{LANG}}/pay">[[Pay a bill]]</a></p>
</main>
{{>_foot}}
