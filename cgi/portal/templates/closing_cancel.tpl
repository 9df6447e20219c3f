{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Keep the account]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Keep the account]]</h1>
<p class="lead">[[Press the button, and the account <b>{{TOKEN_EMAIL}}</b> is not closed.]]</p>
<form method="post" action="/{{LANG}}/closing/{{TOKEN_VALUE}}" novalidate>
{{>_form}}
<p class="actions"><button type="submit">[[Keep the account]]</button></p>
</form>
</main>
{{>_foot}}
