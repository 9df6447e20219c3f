{{%AUTOESCAPE context="HTML"}}
{{>_sb_head}}
<title>Pay {{AMOUNT}} - sandbox card page</title>
{{>_sb_pay_top}}
<h1>Pay {{AMOUNT}}</h1>
<p class="lead">{{PRODUCT}}</p>
{{#REFUSED}}
<div class="warn" role="alert"><p><strong>{{REFUSAL}}</strong> No money was taken. You can try another card.</p></div>
{{/REFUSED}}
{{#OPEN}}
<form method="post" action="/c/pay/{{SESSION}}">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="field">
<label for="card">Card number</label>
<input id="card" name="card" inputmode="numeric" autocomplete="off" value="4242 4242 4242 4242" aria-describedby="card-help">
<p class="hint" id="card-help">4242 4242 4242 4242 pays. 4000 0025 0000 3155 asks for 3-D Secure. 4000 0000 0000 0002 is declined.</p>
</div>
<p class="quiet">The merchant has your address as {{EMAIL}}.</p>
<p class="actions">
<button type="submit" name="action" value="pay">Pay {{AMOUNT}}</button>
<button type="submit" name="action" value="cancel" class="second">Back to the merchant</button>
</p>
</form>
{{/OPEN}}
{{#CLOSED}}
<div class="note" role="status"><p>This payment page is closed.</p></div>
<form method="post" action="/c/pay/{{SESSION}}">
<input type="hidden" name="csrf" value="{{CSRF}}">
<p class="actions"><button type="submit" name="action" value="cancel">Back to the merchant</button></p>
</form>
{{/CLOSED}}
{{>_sb_foot}}
