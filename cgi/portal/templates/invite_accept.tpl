{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Accept the invitation]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Accept the invitation]]</h1>
<p class="lead">[[<b>{{INVITED_BY}}</b> lets you in, with a log-in of your own.]]</p>
{{>_invite}}
{{#FOR_ME}}
<form method="post" action="/{{LANG}}/invite/{{TOKEN_VALUE}}/accept" novalidate>
{{>_form}}
<p class="actions"><button type="submit">[[Accept the invitation]]</button></p>
</form>
{{/FOR_ME}}
{{#FOR_ANOTHER}}
<p class="warn">[[You are logged in as <b>{{LOGIN_EMAIL}}</b>, but the invitation is for <b>{{TOKEN_EMAIL}}</b>. Log out, and open the link once more; or ask for an invitation to the address that you use here.]]</p>
{{/FOR_ANOTHER}}
<p class="quiet">[[What you do in the other account is shown to its owner.]]</p>
</main>
{{>_foot}}
