{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Choose another password]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Choose another password]]</h1>
<form method="post" action="/{{LANG}}/settings/password" novalidate>
{{>_form}}
<div class="field{{#OLD_PASSWORD_ERROR}} bad{{/OLD_PASSWORD_ERROR}}">
<label for="old_password">[[Your password now]]</label>
{{#OLD_PASSWORD_ERROR}}
<p class="wrong" id="old_password-error">{{OLD_PASSWORD_ERROR_TEXT}}</p>
{{/OLD_PASSWORD_ERROR}}
<input type="password" id="old_password" name="old_password" required maxlength="600" autocomplete="current-password"{{#OLD_PASSWORD_ERROR}} aria-describedby="old_password-error"{{/OLD_PASSWORD_ERROR}}{{#OLD_PASSWORD_ERROR}} aria-invalid="true"{{/OLD_PASSWORD_ERROR}}>
</div>
{{>_fields_new_password}}
<p class="actions"><button type="submit">[[Keep this password]]</button></p>
</form>
<p class="quiet">[[All other browsers are logged out by this, and we tell you by e-mail.]]</p>
</main>
{{>_foot}}
