{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Confirm your new address]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Confirm your new address]]</h1>
<p class="lead">[[Press the button, and from then on you log in with <b>{{TOKEN_EMAIL}}</b>. The password stays.]]</p>
<form method="post" action="/{{LANG}}/email/{{TOKEN_VALUE}}" novalidate>
{{>_form}}
<p class="actions"><button type="submit">[[Confirm the address]]</button></p>
</form>
</main>
{{>_foot}}
