{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Type your password once more]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Type your password once more]]</h1>
<p class="lead">[[What you are about to change is worth protecting: if somebody else sits at this device, they stop here.]]</p>
<form method="post" action="/{{LANG}}/confirm" novalidate>
{{>_form}}
<input type="hidden" name="next" value="{{NEXT_VALUE}}">
{{>_field_password}}
<p class="actions"><button type="submit">[[Continue]]</button></p>
</form>
</main>
{{>_foot}}
