{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[The code of your telephone]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[The code of your telephone]]</h1>
<form method="post" action="/{{LANG}}/login/code" novalidate>
{{>_form}}
<input type="hidden" name="next" value="{{NEXT_VALUE}}">
<div class="field{{#CODE_ERROR}} bad{{/CODE_ERROR}}">
<label for="code">[[Code]]</label>
<p class="hint" id="code-hint">[[Six digits, from the app on your telephone. It changes every half minute.]]</p>
{{#CODE_ERROR}}
<p class="wrong" id="code-error">{{CODE_ERROR_TEXT}}</p>
{{/CODE_ERROR}}
<input type="text" class="code short" id="code" name="code" value="{{CODE_VALUE}}" required maxlength="9" inputmode="numeric" autocomplete="one-time-code" aria-describedby="code-hint{{#CODE_ERROR}} code-error{{/CODE_ERROR}}"{{#CODE_ERROR}} aria-invalid="true"{{/CODE_ERROR}}>
</div>
<div class="field">
<label for="trust"><input type="checkbox" id="trust" name="trust" value="1"{{#TRUST_IS_ON}} checked{{/TRUST_IS_ON}}> [[Do not ask for a code on this device for 30 days]]</label>
</div>
<p class="actions"><button type="submit">[[Continue]]</button></p>
</form>
{{#HAS_PHONE}}
<p class="quiet">[[You have lost the telephone? Call us at {{PHONE}}.]]</p>
{{/HAS_PHONE}}
</main>
{{>_foot}}
