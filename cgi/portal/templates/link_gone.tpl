{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[This link does not open any more]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[This link does not open any more]]</h1>
<p class="lead">[[It was used already, it is past its time, or a part of it is missing.]]</p>
<ul>
<li><a href="/{{LANG}}/login">[[Log in]]</a></li>
<li><a href="/{{LANG}}/reset">[[Set a new password]]</a></li>
<li><a href="/{{LANG}}/register">[[Open an account]]</a></li>
</ul>
</main>
{{>_foot}}
