{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Second step of logging in]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Second step of logging in]]</h1>
{{#SECOND_OFF}}
<p class="lead">[[An app on your telephone shows six digits that change every half minute. With them nobody gets in by your password alone.]]</p>
<ol>
<li>[[Open such an app on your telephone and let it read this picture.]]<br><img class="qr" src="/{{LANG}}/settings/code/qr" width="220" height="220" alt="[[QR code with the secret below]]"></li>
<li>[[Or type this into the app:]] <code class="ref">{{SECRET}}</code></li>
<li>[[Type the six digits that it shows.]]</li>
</ol>
<form method="post" action="/{{LANG}}/settings/code" novalidate>
{{>_form}}
<div class="field{{#CODE_ERROR}} bad{{/CODE_ERROR}}">
<label for="code">[[Code]]</label>
{{#CODE_ERROR}}
<p class="wrong" id="code-error">{{CODE_ERROR_TEXT}}</p>
{{/CODE_ERROR}}
<input type="text" class="code short" id="code" name="code" value="{{CODE_VALUE}}" required maxlength="9" inputmode="numeric" autocomplete="one-time-code"{{#CODE_ERROR}} aria-describedby="code-error"{{/CODE_ERROR}}{{#CODE_ERROR}} aria-invalid="true"{{/CODE_ERROR}}>
</div>
<p class="actions"><button type="submit">[[Switch on]]</button></p>
</form>
{{/SECOND_OFF}}
{{#SECOND_ON}}
<p class="lead">[[On: a code of your telephone is asked for in browsers that we do not know.]]</p>
<form method="post" action="/{{LANG}}/settings/code" novalidate>
{{>_form}}
<input type="hidden" name="off" value="1">
<p class="actions"><button class="second" type="submit">[[Switch off]]</button></p>
</form>
{{/SECOND_ON}}
</main>
{{>_foot}}
