{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Business data]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Business data]]</h1>
<p class="lead">[[As they stand on your bills. We compare a change with the public register before it counts, and write to you.]]</p>
{{#BUSINESS_WAITS}}
<p class="warn">[[A change of the business data waits for us. What you send now takes its place.]]</p>
{{/BUSINESS_WAITS}}
<form method="post" action="/{{LANG}}/settings/business/{{PLACE_ID}}" novalidate>
{{>_form}}
<div class="field{{#NAME_ERROR}} bad{{/NAME_ERROR}}">
<label for="name">[[Name, as in the register]]</label>
{{#NAME_ERROR}}
<p class="wrong" id="name-error">{{NAME_ERROR_TEXT}}</p>
{{/NAME_ERROR}}
<input type="text" id="name" name="name" value="{{NAME_VALUE}}" maxlength="200" autocomplete="organization"{{#NAME_ERROR}} aria-invalid="true"{{/NAME_ERROR}}>
</div>
<div class="field{{#SEAT_ERROR}} bad{{/SEAT_ERROR}}">
<label for="seat">[[Registered seat]]</label>
<p class="hint" id="seat-hint">[[Street, number, town, postcode.]]</p>
{{#SEAT_ERROR}}
<p class="wrong" id="seat-error">{{SEAT_ERROR_TEXT}}</p>
{{/SEAT_ERROR}}
<input type="text" id="seat" name="seat" value="{{SEAT_VALUE}}" maxlength="200" autocomplete="street-address" aria-describedby="seat-hint{{#SEAT_ERROR}} seat-error{{/SEAT_ERROR}}"{{#SEAT_ERROR}} aria-invalid="true"{{/SEAT_ERROR}}>
</div>
<div class="field{{#VAT_NUMBER_ERROR}} bad{{/VAT_NUMBER_ERROR}}">
<label for="vat_number">[[VAT number]]</label>
<p class="hint" id="vat_number-hint">[[With the letters of the country, such as RO12345678. Empty: not registered for VAT.]]</p>
{{#VAT_NUMBER_ERROR}}
<p class="wrong" id="vat_number-error">{{VAT_NUMBER_ERROR_TEXT}}</p>
{{/VAT_NUMBER_ERROR}}
<input type="text" id="vat_number" name="vat_number" value="{{VAT_NUMBER_VALUE}}" maxlength="20" autocomplete="off" aria-describedby="vat_number-hint{{#VAT_NUMBER_ERROR}} vat_number-error{{/VAT_NUMBER_ERROR}}"{{#VAT_NUMBER_ERROR}} aria-invalid="true"{{/VAT_NUMBER_ERROR}}>
</div>
<p class="actions"><button type="submit">[[Send for review]]</button> <a class="button second" href="/{{LANG}}/settings/profile">[[Cancel]]</a></p>
</form>
</main>
{{>_foot}}
