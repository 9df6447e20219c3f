{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Set a new password]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Set a new password]]</h1>
<form method="post" action="/{{LANG}}/reset/{{TOKEN_VALUE}}" novalidate>
{{>_form}}
{{>_fields_new_password}}
<p class="actions"><button type="submit">[[Keep this password]]</button></p>
</form>
<p class="quiet">[[All browsers that are logged in are logged out by this.]]</p>
</main>
{{>_foot}}
