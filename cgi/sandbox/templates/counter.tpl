{{%AUTOESCAPE context="HTML"}}
{{>_sb_head}}
<title>Counter - sandbox</title>
{{>_sb_top}}
<h1>Pay a bill at the counter</h1>
<p class="lead">ePay.bg asks the company what a payment code owes, takes the money and tells the company.</p>
{{#SAID}}
<div class="note" role="status"><p>The company answered <strong>STATUS {{STATUS}}</strong>.</p></div>
{{/SAID}}
{{#ASKING}}
<form method="post" action="/counter">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="field">
<label for="code">Payment code</label>
<input id="code" name="code" autocomplete="off">
</div>
<p class="actions"><button type="submit" name="action" value="look">Look it up</button></p>
</form>
{{/ASKING}}
{{#DUE}}
<h2>{{BRIEF}}</h2>
<p>{{LINES_TEXT}}</p>
<form method="post" action="/counter">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="code" value="{{CODE}}">
<input type="hidden" name="tid" value="{{TID}}">
<input type="hidden" name="total" value="{{TOTAL_MINOR}}">
<p class="actions"><button type="submit" name="action" value="pay">Pay {{TOTAL}}</button></p>
</form>
{{/DUE}}
{{>_sb_foot}}
