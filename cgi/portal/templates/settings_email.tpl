{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Change the address]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Change the address]]</h1>
<p class="lead">[[Now it is <b>{{LOGIN_EMAIL}}</b>. You log in with it, and we write to it.]]</p>
<form method="post" action="/{{LANG}}/settings/email" novalidate>
{{>_form}}
<div class="field{{#EMAIL_ERROR}} bad{{/EMAIL_ERROR}}">
<label for="email">[[New e-mail address]]</label>
<p class="hint" id="email-hint">[[It gets a link. The change takes effect when you open it there.]]</p>
{{#EMAIL_ERROR}}
<p class="wrong" id="email-error">{{EMAIL_ERROR_TEXT}}</p>
{{/EMAIL_ERROR}}
<input type="email" id="email" name="email" value="{{EMAIL_VALUE}}" required maxlength="254" inputmode="email" autocomplete="email" autocapitalize="none" spellcheck="false" aria-describedby="email-hint{{#EMAIL_ERROR}} email-error{{/EMAIL_ERROR}}"{{#EMAIL_ERROR}} aria-invalid="true"{{/EMAIL_ERROR}}>
</div>
<p class="actions"><button type="submit">[[Send the link]]</button> <a class="button second" href="/{{LANG}}/settings/profile">[[Cancel]]</a></p>
</form>
<p class="quiet">[[The address of now is told, and can stop or undo the change for 14 days.]]</p>
</main>
{{>_foot}}
