{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Confirm your address]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Confirm your address]]</h1>
<p class="lead">[[You came here by the link that we sent to <b>{{TOKEN_EMAIL}}</b>. Press the button, and the account is ready.]]</p>
<form method="post" action="/{{LANG}}/activate/{{TOKEN_VALUE}}" novalidate>
{{>_form}}
<p class="actions"><button type="submit">[[Confirm the address]]</button></p>
</form>
</main>
{{>_foot}}
