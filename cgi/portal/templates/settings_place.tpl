{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[A place of yours]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>{{PLACE_NAME}}</h1>
<p class="quiet">[[Code …{{CODE_HINT}}]]</p>
<form method="post" action="/{{LANG}}/settings/place/{{PLACE_ID}}" novalidate>
{{>_form}}
<div class="field{{#NICKNAME_ERROR}} bad{{/NICKNAME_ERROR}}">
<label for="nickname">[[What you call it]]</label>
<p class="hint" id="nickname-hint">[[Such as "Home" or "Mother". Only you see it. Empty: the address.]]</p>
{{#NICKNAME_ERROR}}
<p class="wrong" id="nickname-error">{{NICKNAME_ERROR_TEXT}}</p>
{{/NICKNAME_ERROR}}
<input type="text" id="nickname" name="nickname" value="{{NICKNAME_VALUE}}" maxlength="60" autocomplete="off" aria-describedby="nickname-hint{{#NICKNAME_ERROR}} nickname-error{{/NICKNAME_ERROR}}"{{#NICKNAME_ERROR}} aria-invalid="true"{{/NICKNAME_ERROR}}>
</div>
{{#OF_OWNER}}
<fieldset class="choices" id="paper">
<legend>[[How does the bill come?]]</legend>
<div><label for="paper-electronic"><span>[[Electronically]]</span> <span class="hint">[[By e-mail and in this account, on the day it is issued.]]</span></label><input type="radio" id="paper-electronic" name="paper" value="electronic"{{#PAPERLESS}} checked{{/PAPERLESS}}></div>
<div><label for="paper-paper"><span>[[On paper]]</span> <span class="hint">[[By post. You see it here too.]]</span></label><input type="radio" id="paper-paper" name="paper" value="paper"{{#ON_PAPER}} checked{{/ON_PAPER}}></div>
</fieldset>
<div class="field{{#ADDRESS_ERROR}} bad{{/ADDRESS_ERROR}}">
<label for="address">[[Where do letters go?]]</label>
<p class="hint" id="address-hint">[[Street, number, town, postcode. Empty: to the place itself. We look at a change before it counts.]]</p>
{{#ADDRESS_WAITS}}
<p class="warn">[[A change of the address waits for us.]]</p>
{{/ADDRESS_WAITS}}
{{#ADDRESS_ERROR}}
<p class="wrong" id="address-error">{{ADDRESS_ERROR_TEXT}}</p>
{{/ADDRESS_ERROR}}
<input type="text" id="address" name="address" value="{{ADDRESS_VALUE}}" maxlength="200" autocomplete="street-address" aria-describedby="address-hint{{#ADDRESS_ERROR}} address-error{{/ADDRESS_ERROR}}"{{#ADDRESS_ERROR}} aria-invalid="true"{{/ADDRESS_ERROR}}>
</div>
{{/OF_OWNER}}
<p class="actions"><button type="submit">[[Save]]</button> <a class="button second" href="/{{LANG}}/settings/profile">[[Cancel]]</a></p>
</form>
</main>
{{>_foot}}
