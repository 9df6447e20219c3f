{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Your bill]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Your bill]]</h1>
{{>_under_way}}
<div class="two even">
<div>
{{#BILL}}
<section class="slip" aria-label="[[Payment code ending in {{CODE_HINT}}]]">
{{#OWED}}
<h2>[[Total to pay, code …{{CODE_HINT}}]]</h2>
<p class="sum">{{TOTAL}}</p>
{{/OWED}}
{{#NOT_OWED}}
<h2>[[Code …{{CODE_HINT}}]]</h2>
<p class="sum">[[Nothing to pay]]</p>
{{/NOT_OWED}}
<dl class="rows">
{{#CURRENT}}
<div><dt>[[Current invoice …{{NUMBER_TAIL}}]]</dt><dd>{{CURRENT_SUM}}</dd></div>
<div><dt>[[To be paid by]]</dt><dd>{{DUE_ON}}</dd></div>
{{/CURRENT}}
{{#OLDER_OVERDUE}}
<div><dt>[[Earlier invoices, overdue]]</dt><dd>{{OLDER_SUM}}</dd></div>
{{/OLDER_OVERDUE}}
{{#OLDER}}
<div><dt>[[Earlier invoices]]</dt><dd>{{OLDER_SUM}}</dd></div>
{{/OLDER}}
{{#OVERDUE}}
<div><dt>[[Of it overdue]]</dt><dd>{{OVERDUE_SUM}}</dd></div>
{{/OVERDUE}}
{{#HAS_CREDIT}}
<div><dt>[[Your credit]]</dt><dd>{{CREDIT}}</dd></div>
{{/HAS_CREDIT}}
{{#LAST_PAYMENT}}
<div><dt>[[Last payment posted]]</dt><dd>{{LAST_PAYMENT_ON}}</dd></div>
{{/LAST_PAYMENT}}
</dl>
{{#CREDIT_ONLY}}
<p>[[The credit lowers your next bill by itself. You need not do anything.]]</p>
{{/CREDIT_ONLY}}
{{#HAS_AS_OF}}
<p class="quiet">[[As we knew it on {{AS_OF}}. A payment made since then may not show yet.]]</p>
{{/HAS_AS_OF}}
</section>
{{/BILL}}
</div>
<div>
{{#COMPARE}}
<section class="note" aria-labelledby="yours-title">
<h2 id="yours-title">[[Is this your bill?]]</h2>
<p>[[Compare sum, date and the end of the invoice number with the paper. A code with one wrong character may be somebody else's.]] <a href="/{{LANG}}/pay">[[No, type another code]]</a></p>
</section>
{{/COMPARE}}
{{#NEED_EMAIL}}
<form method="post" action="/{{LANG}}/pay/{{HANDLE}}/email" novalidate>
{{>_form}}
{{>_field_email}}
<p class="actions"><button type="submit">[[Continue]]</button></p>
</form>
{{/NEED_EMAIL}}
{{#PAY}}
<form method="post" action="/{{LANG}}/pay/{{HANDLE}}/start">
{{>_form}}
<input type="hidden" name="once_key" value="{{ONCE_KEY}}">
<input type="hidden" name="shown_minor" value="{{SHOWN_MINOR}}">
<input type="hidden" name="current_minor" value="{{CURRENT_MINOR}}">
<input type="hidden" name="currency" value="{{CURRENCY}}">
<fieldset class="choices">
<legend>[[How much do you want to pay?]]</legend>
<div><label for="total-{{CURRENCY}}"><span>[[The total]]</span> <b>{{PAY_TOTAL}}</b></label><input type="radio" id="total-{{CURRENCY}}" name="choice" value="total"{{#PICK_TOTAL}} checked{{/PICK_TOTAL}}></div>
{{#PAY_CURRENT}}
<div><label for="current-{{CURRENCY}}"><span>[[Only the current invoice]]</span> <b>{{PAY_CURRENT_SUM}}</b></label><input type="radio" id="current-{{CURRENCY}}" name="choice" value="current"{{#PICK_CURRENT}} checked{{/PICK_CURRENT}}></div>
{{/PAY_CURRENT}}
{{#PAY_OTHER}}
<div><label for="other-{{CURRENCY}}">[[Another amount]]</label><input type="radio" id="other-{{CURRENCY}}" name="choice" value="other"{{#PICK_OTHER}} checked{{/PICK_OTHER}}>
<div class="more"><label for="amount-{{CURRENCY}}">[[Amount in {{CURRENCY}}]]</label><input class="short" id="amount-{{CURRENCY}}" name="amount" value="{{AMOUNT_VALUE}}" inputmode="decimal" autocomplete="off" maxlength="16" aria-describedby="amount-hint-{{CURRENCY}}">
<p class="hint" id="amount-hint-{{CURRENCY}}">[[At least {{MIN_SUM}}. It pays the oldest invoice first.]]</p></div></div>
{{/PAY_OTHER}}
</fieldset>
<p>[[The receipt goes to {{EMAIL_MASKED}}.]] <a href="/{{LANG}}/pay/{{HANDLE}}/email">[[Change it]]</a></p>
{{#EMAIL_HINT}}
<p class="warn">[[Is the address right? You may have meant {{EMAIL_LIKELY}}.]]</p>
{{/EMAIL_HINT}}
<p class="actions"><button type="submit">[[Pay by card]]</button></p>
<p class="quiet">[[You go on to the secure page of the card processor. We never see the card.]]</p>
</form>
{{/PAY}}
</div>
</div>
<ul>
{{#CAN_ADD}}
<li><a href="/{{LANG}}/pay/{{HANDLE}}/add">[[Add another payment code and pay both at once]]</a></li>
{{/CAN_ADD}}
<li><a href="/{{LANG}}/pay/wrong">[[Something went wrong with a payment]]</a></li>
</ul>
<p class="quiet">[[This page can be seen in this browser until {{EXPIRES}}. After that, type the code again.]]</p>
</main>
{{>_foot}}
