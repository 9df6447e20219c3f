{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Something went wrong with a payment]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Something went wrong with a payment]]</h1>
<p class="lead">[[Every payment has a reference. With it we find the money, wherever it went.]]</p>
<h2>[[I paid with a wrong code]]</h2>
<p>[[Tell us, by telephone or e-mail: the reference of the payment (it stands in our e-mail and on the status page), the code you meant, and the amount. We move the payment to the right account or send it back the way it came. You need not name your card.]]</p>
<h2>[[I paid twice]]</h2>
<p>[[Nothing is lost: what is more than the bill stays on the account as credit and lowers the next bill. If you want it back, write to us with both references.]]</p>
<h2>[[I have no receipt]]</h2>
<p>[[Look into the folder for unwanted mail. The status page of the payment also shows the receipt. If the bank says that it took the money and we say that it did not, wait an hour: the state is checked with the bank again and again, for two days. Do not pay again while it is being checked.]]</p>
<section class="note" aria-labelledby="reach-title">
<h2 id="reach-title">[[Where to turn]]</h2>
{{#HAS_PHONE}}
<p>[[Telephone]]: <a class="phone" href="tel:{{PHONE_URL}}">{{PHONE}}</a>{{#HAS_HOURS}}<br><span class="quiet">{{HOURS}}</span>{{/HAS_HOURS}}</p>
{{/HAS_PHONE}}
{{#HAS_COMPANY_EMAIL}}
<p>[[E-mail]]: <a href="mailto:{{COMPANY_EMAIL}}">{{COMPANY_EMAIL}}</a></p>
{{/HAS_COMPANY_EMAIL}}
</section>
</main>
{{>_foot}}
