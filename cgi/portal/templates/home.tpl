{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{COMPANY_NAME}} - [[online services]]</title>
{{>_top}}
<main id="main">
<div class="two">
<div>
<h1>[[See what you owe, and pay it]]</h1>
<p class="lead">[[With the payment code from your bill and an e-mail address. You need no account.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/pay">[[Pay a bill]]</a></p>
<ul>
<li>[[You see the sum and its due date before you pay.]]</li>
<li>[[You type the card on the page of the bank's processor: it never passes through us.]]</li>
<li>[[The status page says whether the money was taken, also if the connection breaks.]]</li>
</ul>
</div>
<img class="picture wide" src="{{ASSET_BILL}}" width="352" height="300" alt="">
</div>
<h2>[[Other things you can do here]]</h2>
<ul class="tiles">
<li><h3><a href="/{{LANG}}/register">[[Open an account]]</a></h3><p>[[All your bills, payments and contracts in one place.]]</p></li>
<li><h3><a href="/{{LANG}}/reading">[[Send a meter reading]]</a></h3><p>[[With the client code from the bill and the serial number of the meter.]]</p></li>
<li><h3><a href="/{{LANG}}/contact">[[Reach us]]</a></h3><p>[[Telephone, e-mail, cash desks and their hours.]]</p></li>
<li><h3><a href="/{{LANG}}/pay/wrong">[[Something went wrong with a payment]]</a></h3><p>[[Paid with a wrong code, paid twice, no receipt.]]</p></li>
<li><h3><a href="/{{LANG}}/services">[[All online services]]</a></h3><p>[[One page with everything that you can do here.]]</p></li>
</ul>
</main>
{{>_foot}}
