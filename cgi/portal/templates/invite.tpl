{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[You are invited]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[You are invited]]</h1>
<p class="lead">[[<b>{{INVITED_BY}}</b> lets you in, with a log-in of your own.]]</p>
{{>_invite}}
{{#HAS_LOGIN}}
<p>[[The invitation is for <b>{{TOKEN_EMAIL}}</b>. Log in with this address to accept.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/invite/{{TOKEN_VALUE}}/accept">[[Log in and accept]]</a></p>
{{/HAS_LOGIN}}
{{#HAS_NO_LOGIN}}
<h2>[[Choose a password]]</h2>
<p>[[With it and the address <b>{{TOKEN_EMAIL}}</b> you log in from now on. You need no client code.]]</p>
<form method="post" action="/{{LANG}}/invite/{{TOKEN_VALUE}}" novalidate>
{{>_form}}
{{>_fields_new_password}}
<div class="field{{#TERMS_ERROR}} bad{{/TERMS_ERROR}}">
{{#TERMS_ERROR}}
<p class="wrong" id="terms-error">{{TERMS_ERROR_TEXT}}</p>
{{/TERMS_ERROR}}
<label for="terms"><input type="checkbox" id="terms" name="terms" value="1"{{#TERMS_IS_ON}} checked{{/TERMS_IS_ON}}{{#TERMS_ERROR}} aria-describedby="terms-error" aria-invalid="true"{{/TERMS_ERROR}}> [[I have read the terms of use and agree.]]</label>
<p class="hint"><a href="/{{LANG}}/terms">[[Terms of use]]</a></p>
</div>
<p class="actions"><button type="submit">[[Accept the invitation]]</button></p>
</form>
{{/HAS_NO_LOGIN}}
<p class="quiet">[[If you do not know who this is, close the page: without you nothing happens. What you do in the other account is shown to its owner.]]</p>
</main>
{{>_foot}}
