{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Terms of use]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Terms of use]]</h1>
<p class="lead">[[For paying bills on this site. Your supply contract stays as it is.]]</p>
<h2>[[Who we are]]</h2>
<p>{{COMPANY_LEGAL}}</p>
<h2>[[What the service does]]</h2>
<p>[[With the payment code of a bill you see what is owed on that account and can pay it by card, without an account on this site. The service is free: we add no fee to the sum. Your bank may have fees of its own.]]</p>
<h2>[[Whose bill you see]]</h2>
<p>[[Whoever types a code sees sums, dates and the last characters of an invoice number, never a name or an address. Check before you pay that the bill is the one you mean. A payment with another's code counts for that account until we have moved it; we do so at your request when you show the reference.]]</p>
<h2>[[When a bill counts as paid]]</h2>
<p>[[On the day on which the card processor confirms to us that the money was taken. The receipt names that day. The payment shows on the account at once, and in our billing system within 3 days at the latest; you bear no disadvantage from that time.]]</p>
<p>[[If the result is not known at once, we ask the processor until it is, and write to you. Until then no second payment is needed.]]</p>
<h2>[[Which invoice is paid first]]</h2>
<p>[[The one that fell due first, then the next, unless you choose the current invoice. What exceeds the debt stays as credit and is set off against the next invoice, or paid back at your request to the card or account it came from, within 14 days.]]</p>
<h2>[[Cards and security]]</h2>
<p>[[You type the card on the page of the processor. Your bank may ask you to confirm in its application. We neither see nor keep the card's data. A payment that you did not order can be contested with your bank.]]</p>
<h2>[[Proper use]]</h2>
<p>[[It is not allowed to try out codes of others or to query the service with programs. We limit the number of queries from one network.]]</p>
<h2>[[Availability and liability]]</h2>
<p>[[We work to keep the service running day and night, and announce planned pauses on the first page. A pause does not change the date by which a bill is due: you can also pay at cash desks and by bank transfer. We are liable for damage as the law provides; nothing here limits the rights of consumers.]]</p>
<h2>[[Complaints and disputes]]</h2>
<p>[[Write to us: we answer within 30 days at most. If you are not content, you may turn to the regulator, to the consumer protection authority (ANPC in Romania, КЗП in Bulgaria), or to the court of your place of residence.]] {{>_regulator}}</p>
<h2>[[Law and changes]]</h2>
<p>[[The law of the country of the supply applies. We announce a change of these terms on the first page 30 days ahead; a payment already made follows the terms of its day.]]</p>
</main>
{{>_foot}}
