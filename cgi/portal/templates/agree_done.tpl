{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Your answer is noted]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Your answer is noted]]</h1>
{{#AGREED}}
<p class="lead">[[The contract can be seen in the other account from now on. You keep yours.]]</p>
{{/AGREED}}
{{#REFUSED}}
<p class="lead">[[Nothing was shown to anybody. They are told that you refused.]]</p>
{{/REFUSED}}
</main>
{{>_foot}}
