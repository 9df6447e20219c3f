{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Keep the old address]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Keep the old address]]</h1>
<p class="lead">[[Press the button, and <b>{{TOKEN_EMAIL}}</b> stays the address of your account, or becomes it again: then all browsers are logged out.]]</p>
<form method="post" action="/{{LANG}}/email/cancel/{{TOKEN_VALUE}}" novalidate>
{{>_form}}
<p class="actions"><button type="submit">[[Keep this address]]</button></p>
</form>
</main>
{{>_foot}}
