{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Before you pay]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
{{#GO}}
<h1>[[On to the payment page]]</h1>
<p class="lead">[[The card is typed at the card processor, never here. Press the button to go there.]]</p>
{{/GO}}
{{>_go}}
{{#CHANGED}}
<h1>[[The sum has changed]]</h1>
<p class="lead">[[Nothing was paid yet. The bill showed {{OLD_SUM}}; meanwhile it is {{NEW_SUM}}.]]</p>
<p>[[A new invoice has come in, or somebody has paid a part.]]</p>
{{/CHANGED}}
{{#CONFLICT}}
<h1>[[This form was used already]]</h1>
<p class="lead">[[With it another payment was started. So that nobody pays twice by mistake, nothing new was started.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/pay/status/{{ID}}">[[See that payment]]</a> <a class="button second" href="/{{LANG}}/pay/{{HANDLE}}">[[Back to the bill]]</a></p>
{{/CONFLICT}}
{{#RANGE}}
<h1>[[This amount cannot be paid here]]</h1>
<p class="lead">[[Nothing was paid. A single payment by card is at least {{LEAST}} and at most {{MOST}}.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/pay/{{HANDLE}}">[[Back to the bill]]</a></p>
{{/RANGE}}
{{#REFUSED}}
<h1>[[Nothing was paid]]</h1>
<p class="lead">[[Something in the form was missing or could not be read. Go back to the bill and choose again.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/pay/{{HANDLE}}">[[Back to the bill]]</a></p>
{{/REFUSED}}
{{#GONE}}
<h1>[[This bill is closed]]</h1>
<p class="lead">[[Nothing was paid. A bill stays open for a limited time and only in the browser that opened it. Type the code again and it is back.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/pay">[[Type the code again]]</a></p>
{{/GONE}}
{{#AGAIN}}
<form method="post" action="/{{LANG}}/pay/{{HANDLE}}/start">
{{>_form}}
<input type="hidden" name="once_key" value="{{AGAIN_KEY}}">
<input type="hidden" name="choice" value="{{AGAIN_CHOICE}}">
<input type="hidden" name="amount" value="{{AGAIN_AMOUNT}}">
<input type="hidden" name="currency" value="{{AGAIN_CURRENCY}}">
<input type="hidden" name="shown_minor" value="{{AGAIN_MINOR}}">
<input type="hidden" name="current_minor" value="{{AGAIN_MINOR}}">
<p class="actions"><button>[[Pay by card]]</button> <a class="button second" href="/{{LANG}}/pay/{{HANDLE}}">[[Back to the bill]]</a></p>
</form>
{{/AGAIN}}
</main>
{{>_foot}}
