{{%AUTOESCAPE context="HTML"}}
{{>_sb_head}}
<title>Sandbox</title>
{{>_sb_top}}
<h1>Sandbox</h1>
<p>A card processor and a mailbox for trying Smetka. <a href="/mail">Open the mailbox</a></p>
<h2>How the processor behaves</h2>
<form method="post" action="/">
<input type="hidden" name="csrf" value="{{CSRF}}">
<div class="field">
<label for="create">When a payment is created</label>
<select id="create" name="create">{{#CREATE_WORDS}}<option value="{{WORD}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{WORD}}</option>{{/CREATE_WORDS}}</select>
</div>
<div class="field">
<label for="query">When it is asked</label>
<select id="query" name="query">{{#QUERY_WORDS}}<option value="{{WORD}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{WORD}}</option>{{/QUERY_WORDS}}</select>
</div>
<div class="field">
<label for="notify">When it notifies</label>
<select id="notify" name="notify">{{#NOTIFY_WORDS}}<option value="{{WORD}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{WORD}}</option>{{/NOTIFY_WORDS}}</select>
</div>
<div class="field">
<label for="take">What a card is charged</label>
<select id="take" name="take">{{#TAKE_WORDS}}<option value="{{WORD}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{WORD}}</option>{{/TAKE_WORDS}}</select>
</div>
<div class="field">
<label for="refund">When money is to go back</label>
<select id="refund" name="refund">{{#REFUND_WORDS}}<option value="{{WORD}}"{{#CHOSEN}} selected{{/CHOSEN}}>{{WORD}}</option>{{/REFUND_WORDS}}</select>
</div>
<p class="actions"><button type="submit">Behave so</button></p>
</form>
<h2>Payments</h2>
{{#EMPTY}}<p>No payment yet.</p>{{/EMPTY}}
<div class="scroll"><table>
<thead><tr><th scope="col">Created</th><th scope="col">Amount</th><th scope="col">State</th><th scope="col">Declines</th><th scope="col">Processor</th><th scope="col">Order</th><th scope="col">Page</th></tr></thead>
<tbody>
{{#ROWS}}<tr><td>{{CREATED}}</td><td>{{AMOUNT}}</td><td>{{STATE}}</td><td>{{DECLINES}}</td><td>{{PROCESSOR}}</td><td>{{REFERENCE}}</td><td><a href="/c/pay/{{SESSION:u}}">open</a>
{{#REFUNDABLE}}<form method="post" action="/refund/{{SESSION:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><input type="text" name="amount" inputmode="decimal" autocomplete="off" aria-label="Amount to refund; all that is left if empty"> <button type="submit" class="second">Refund</button></form>
<form method="post" action="/dispute/{{SESSION:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><button type="submit" class="second">Dispute</button></form>{{/REFUNDABLE}}</td></tr>
{{/ROWS}}
</tbody></table></div>
<h2>Refunds, disputes, payouts</h2>
<form method="post" action="/payout"><input type="hidden" name="csrf" value="{{CSRF}}"><button type="submit" class="second">Pay out</button></form>
{{#NO_PARTS}}<p>Nothing yet.</p>{{/NO_PARTS}}
<div class="scroll"><table>
<thead><tr><th scope="col">Created</th><th scope="col">What</th><th scope="col">Amount</th><th scope="col">State</th><th scope="col">Order</th><th scope="col">Number</th><th scope="col">Decide</th></tr></thead>
<tbody>
{{#PARTS}}<tr><td>{{CREATED}}</td><td>{{KIND}}</td><td>{{AMOUNT}}</td><td>{{STATE}}</td><td>{{REFERENCE}}</td><td>{{PART}}</td><td>
{{#CAN_SUCCEED}}<form method="post" action="/part/{{PART:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><button type="submit" name="action" value="succeed" class="second">Let it succeed</button></form>{{/CAN_SUCCEED}}
{{#CAN_FAIL}}<form method="post" action="/part/{{PART:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><button type="submit" name="action" value="fail" class="second">Let it fail</button></form>{{/CAN_FAIL}}
{{#CAN_DECIDE}}<form method="post" action="/part/{{PART:u}}"><input type="hidden" name="csrf" value="{{CSRF}}"><button type="submit" name="action" value="win" class="second">Merchant wins</button> <button type="submit" name="action" value="lose" class="second">Merchant loses</button></form>{{/CAN_DECIDE}}</td></tr>
{{/PARTS}}
</tbody></table></div>
{{>_sb_foot}}
