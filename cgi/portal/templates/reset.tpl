{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Set a new password]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Set a new password]]</h1>
<p class="lead">[[Type the e-mail address of your account. We send a link to it that sets a new password.]]</p>
<form method="post" action="/{{LANG}}/reset" novalidate>
{{>_form}}
{{>_field_own_email}}
<p class="actions"><button type="submit">[[Send the link]]</button></p>
</form>
</main>
{{>_foot}}
