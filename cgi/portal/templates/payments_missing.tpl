{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[My payment is missing]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<p class="back"><a href="/{{LANG}}/payments">[[All payments]]</a></p>
<h1>[[My payment is missing]]</h1>
{{#NEWS_IS_FILED}}
<p class="good" role="status">[[Noted under the number {{NEWEST_NUMBER}}. We look for it and write to you. Do not pay again meanwhile.]]</p>
{{/NEWS_IS_FILED}}
{{#NEWS_IS_SAME}}
<p class="good" role="status">[[You have told us of this payment already, and we are looking for it. The numbers are below.]]</p>
{{/NEWS_IS_SAME}}
<p class="lead">[[Tell us what you paid. First we look at what we know already; if that is not it, a person looks for your money.]]</p>
<form method="post" action="/{{LANG}}/payments/missing" novalidate>
{{>_form}}
{{#KNOWN_SOME}}
<section class="slip" id="known" aria-labelledby="known-title">
<h2 id="known-title">[[Is it one of these?]]</h2>
<ul class="plain">
{{#KNOWN}}
<li class="note"><strong>{{#HAS_PAYMENT_PAGE}}<a href="/{{LANG}}/payments/{{PAYMENT_ID}}">{{PAID}}</a>{{/HAS_PAYMENT_PAGE}}{{#NO_PAYMENT_PAGE}}{{PAID}}{{/NO_PAYMENT_PAGE}}</strong> · {{RECEIVED_ON}} · {{>_paid_how}} · …{{CODE_HINT}}<br>{{>_payment_state}}</li>
{{/KNOWN}}
</ul>
<fieldset class="choices">
<div><label for="anyway"><span>[[It is another payment: look for it]]</span></label><input type="checkbox" id="anyway" name="anyway" value="1"></div>
</fieldset>
</section>
{{/KNOWN_SOME}}
<div class="field{{#PLACE_ERROR}} bad{{/PLACE_ERROR}}">
<label for="place">[[Place]]</label>
{{#PLACE_ERROR}}
<p class="wrong" id="place-error">{{PLACE_ERROR_TEXT}}</p>
{{/PLACE_ERROR}}
<select id="place" name="place" required{{#PLACE_ERROR}} aria-describedby="place-error" aria-invalid="true"{{/PLACE_ERROR}}>
{{#PLACE_OPTIONS}}
<option value="{{OPTION_ID}}"{{#OPTION_CHOSEN}} selected{{/OPTION_CHOSEN}}>{{OPTION_NAME}}</option>
{{/PLACE_OPTIONS}}
</select>
</div>
<div class="field{{#DATE_ERROR}} bad{{/DATE_ERROR}}">
<label for="date">[[When did you pay?]]</label>
<p class="hint" id="date-hint">[[The day that stands on the paper or in your bank's app.]]</p>
{{#DATE_ERROR}}
<p class="wrong" id="date-error">{{DATE_ERROR_TEXT}}</p>
{{/DATE_ERROR}}
<input id="date" name="date" value="{{DATE_VALUE}}" type="date" required autocomplete="off" aria-describedby="date-hint{{#DATE_ERROR}} date-error{{/DATE_ERROR}}"{{#DATE_ERROR}} aria-invalid="true"{{/DATE_ERROR}}>
</div>
<div class="field{{#AMOUNT_ERROR}} bad{{/AMOUNT_ERROR}}">
<label for="amount">[[How much did you pay?]]</label>
<p class="hint" id="amount-hint">[[Such as 120.50.]]</p>
{{#AMOUNT_ERROR}}
<p class="wrong" id="amount-error">{{AMOUNT_ERROR_TEXT}}</p>
{{/AMOUNT_ERROR}}
<input id="amount" name="amount" value="{{AMOUNT_VALUE}}" type="text" inputmode="decimal" required maxlength="20" autocomplete="off" aria-describedby="amount-hint{{#AMOUNT_ERROR}} amount-error{{/AMOUNT_ERROR}}"{{#AMOUNT_ERROR}} aria-invalid="true"{{/AMOUNT_ERROR}}>
</div>
<div class="field{{#CURRENCY_ERROR}} bad{{/CURRENCY_ERROR}}">
<label for="currency">[[Currency]]</label>
<select id="currency" name="currency" required>
{{#CURRENCY_OPTIONS}}
<option value="{{OPTION_ID}}"{{#OPTION_CHOSEN}} selected{{/OPTION_CHOSEN}}>{{OPTION_ID}}</option>
{{/CURRENCY_OPTIONS}}
</select>
</div>
<fieldset class="choices" id="how">
<legend>[[How did you pay?]]</legend>
{{#HOW_ERROR}}
<p class="wrong" id="how-error">{{HOW_ERROR_TEXT}}</p>
{{/HOW_ERROR}}
<div><label for="how-bank"><span>[[By bank transfer]]</span></label><input type="radio" id="how-bank" name="how" value="bank"{{#HOW_IS_BANK}} checked{{/HOW_IS_BANK}}></div>
<div><label for="how-desk"><span>[[At a cash desk]]</span></label><input type="radio" id="how-desk" name="how" value="desk"{{#HOW_IS_DESK}} checked{{/HOW_IS_DESK}}></div>
<div><label for="how-post"><span>[[At the post office]]</span></label><input type="radio" id="how-post" name="how" value="post"{{#HOW_IS_POST}} checked{{/HOW_IS_POST}}></div>
<div><label for="how-card"><span>[[By card, on the internet]]</span></label><input type="radio" id="how-card" name="how" value="card"{{#HOW_IS_CARD}} checked{{/HOW_IS_CARD}}></div>
</fieldset>
<div class="field{{#REFERENCE_ERROR}} bad{{/REFERENCE_ERROR}}">
<label for="reference">[[Reference]]</label>
<p class="hint" id="reference-hint">[[Number of the transfer, the receipt or the order. Leave it empty if there is none.]]</p>
{{#REFERENCE_ERROR}}
<p class="wrong" id="reference-error">{{REFERENCE_ERROR_TEXT}}</p>
{{/REFERENCE_ERROR}}
<input id="reference" name="reference" value="{{REFERENCE_VALUE}}" type="text" maxlength="60" autocomplete="off" spellcheck="false" aria-describedby="reference-hint{{#REFERENCE_ERROR}} reference-error{{/REFERENCE_ERROR}}"{{#REFERENCE_ERROR}} aria-invalid="true"{{/REFERENCE_ERROR}}>
</div>
<div class="field{{#NOTE_ERROR}} bad{{/NOTE_ERROR}}">
<label for="note">[[What else helps to find it?]]</label>
<p class="hint" id="note-hint">[[Such as the bank it came from or the name it was paid under. Never a card number.]]</p>
{{#NOTE_ERROR}}
<p class="wrong" id="note-error">{{NOTE_ERROR_TEXT}}</p>
{{/NOTE_ERROR}}
<input id="note" name="note" value="{{NOTE_VALUE}}" type="text" maxlength="500" autocomplete="off" aria-describedby="note-hint{{#NOTE_ERROR}} note-error{{/NOTE_ERROR}}"{{#NOTE_ERROR}} aria-invalid="true"{{/NOTE_ERROR}}>
</div>
<p class="actions"><button type="submit">[[Look for it]]</button></p>
</form>
{{#FILED_SOME}}
<section aria-labelledby="filed-title">
<h2 id="filed-title">[[What you have told us of]]</h2>
<ul class="plain">
{{#FILED}}
<li class="note"><strong>{{NUMBER}}</strong> · {{PAID}} · {{PAID_ON}} · …{{CODE_HINT}}<br>{{#IS_SOUGHT}}[[we have been looking since {{TOLD_ON}}]]{{/IS_SOUGHT}}{{#IS_FOUND}}[[found]]{{/IS_FOUND}}{{#IS_NOT_FOUND}}[[not found]]{{/IS_NOT_FOUND}} <span class="quiet">{{ANSWER}}</span></li>
{{/FILED}}
</ul>
</section>
{{/FILED_SOME}}
</main>
{{>_foot}}
