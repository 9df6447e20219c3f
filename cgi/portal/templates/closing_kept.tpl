{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[The account stays]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[The account stays]]</h1>
<p class="lead">[[Log in as before. If it was not you who asked to close it, somebody knows your password: set a new one.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/home">[[My account]]</a> <a class="button second" href="/{{LANG}}/reset">[[Set a new password]]</a></p>
</main>
{{>_foot}}
