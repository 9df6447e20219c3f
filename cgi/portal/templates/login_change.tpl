{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Choose a password of your own]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Choose a password of your own]]</h1>
<p class="lead">[[The password that you were given on paper was good for one time.]]</p>
<form method="post" action="/{{LANG}}/login/change" novalidate>
{{>_form}}
{{>_fields_new_password}}
<p class="actions"><button type="submit">[[Keep this password]]</button></p>
</form>
</main>
{{>_foot}}
