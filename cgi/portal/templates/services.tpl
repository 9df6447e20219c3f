{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Online services]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Online services]]</h1>
<p class="lead">[[The first four ask for no account.]]</p>
<ul class="tiles">
<li><h2><a href="/{{LANG}}/pay">[[Pay a bill]]</a></h2><p>[[With the payment code from the bill and an e-mail address.]]</p></li>
<li><h2><a href="/{{LANG}}/reading">[[Send a meter reading]]</a></h2><p>[[With the client code from the bill and the serial number of the meter.]]</p></li>
<li><h2><a href="/{{LANG}}/pay/wrong">[[Something went wrong with a payment]]</a></h2><p>[[Paid with a wrong code, paid twice, no receipt.]]</p></li>
<li><h2><a href="/{{LANG}}/contact">[[Reach us]]</a></h2><p>[[Telephone, e-mail, cash desks and their hours.]]</p></li>
<li><h2><a href="/{{LANG}}/home">[[My account]]</a></h2><p>[[All your bills, payments and contracts in one place.]]</p></li>
<li><h2><a href="/{{LANG}}/register">[[Open an account]]</a></h2><p>[[With a bill in your hand it takes a minute.]]</p></li>
</ul>
<h2>[[To read]]</h2>
<ul>
<li><a href="/{{LANG}}/terms">[[Terms of use]]</a></li>
<li><a href="/{{LANG}}/privacy">[[Personal data]]</a></li>
<li><a href="/{{LANG}}/cookies">[[Cookies]]</a></li>
<li><a href="/{{LANG}}/accessibility">[[Accessibility]]</a></li>
</ul>
</main>
{{>_foot}}
