{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Personal data]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Personal data]]</h1>
<p class="lead">[[What this site learns about you when you look at a bill or pay it, why, and for how long. As Regulation (EU) 2016/679 (GDPR) asks.]]</p>
<h2>[[Controller]]</h2>
<p>{{COMPANY_LEGAL}}</p>
{{#HAS_DPO}}
<p>[[Data protection officer]]: <a href="mailto:{{DPO_EMAIL}}">{{DPO_EMAIL}}</a></p>
{{/HAS_DPO}}
<h2>[[What we process, why, and how long]]</h2>
<h3>[[Payment code you type]]</h3>
<p>[[To find the bill you want to pay: steps before and performance of a contract, Art. 6(1)(b).]]<br><span class="quiet">[[Kept]]: [[Only as a keyed hash, with the query log.]]</span></p>
<h3>[[E-mail address]]</h3>
<p>[[Receipt and news of your payment: Art. 6(1)(b). No advertising.]]<br><span class="quiet">[[Kept]]: [[With the payment.]]</span></p>
<h3>[[Payment: amount, time, state, reference, invoices paid]]</h3>
<p>[[To carry it out and post it, Art. 6(1)(b); accounting and tax duties, Art. 6(1)(c).]]<br><span class="quiet">[[Kept]]: [[RETENTION_YEARS: {{RETENTION_YEARS}} year, as accounting law asks | {{RETENTION_YEARS}} years, as accounting law asks]]</span></p>
<h3>[[Network address]]</h3>
<p>[[Protection against guessing of codes and against attacks: legitimate interest, Art. 6(1)(f).]]<br><span class="quiet">[[Kept]]: [[As a keyed hash with the query log, at most 12 months; in the server's log, 30 days.]]</span></p>
<h3>[[Your account, if you open one]]</h3>
<p>[[Address, password (kept so that nobody can read it, we neither), contracts, the browsers you are logged in from, and what happened to the account: to perform the contract, and to protect it.]]<br><span class="quiet">[[Kept]]: [[until you close the account]]</span></p>
<h3>[[People whom you let in, or who let you in]]</h3>
<p>[[Their e-mail address, what they may do and until when, and what they did: to give the access that its owner asked for, and to show the owner how it is used.]]<br><span class="quiet">[[Kept]]: [[until you close the account]]</span></p>
<h3>[[Cookie with a random number]]</h3>
<p>[[So that only your browser sees the page you opened: strictly necessary.]]<br><span class="quiet">[[Kept]]: [[48 hours]]</span></p>
<p>[[Without the payment code and an e-mail address we cannot show the bill or send the receipt; you are free to pay in other ways. We make no decisions by automatic means alone and build no profiles.]]</p>
<h2>[[Card data]]</h2>
<p>[[You type them on the page of the card processor, who is responsible for them. We get neither the number nor the code of the card, only the result, the amount and a reference.]]</p>
<h2>[[Who receives data]]</h2>
<p>[[The card processor (amount, currency, reference, e-mail address, language), the bank of the company, the mail service that delivers the receipt, and authorities where the law says so. If a processor uses servers outside the European Economic Area, it does so under the standard clauses of the Commission or a decision of adequacy.]]</p>
<h2>[[Your rights]]</h2>
<p>[[You may ask us for access, correction, erasure, restriction and a copy of your data in a common format, and object to what rests on legitimate interest. We answer within one month, free of charge. What accounting law makes us keep cannot be erased before its time.]]</p>
{{#HAS_COMPANY_EMAIL}}
<p>[[Write to]] <a href="mailto:{{COMPANY_EMAIL}}">{{COMPANY_EMAIL}}</a>.</p>
{{/HAS_COMPANY_EMAIL}}
<h2>[[Complaint to an authority]]</h2>
<ul>
<li>[[Romania: National Supervisory Authority for Personal Data Processing (ANSPDCP), B-dul G-ral. Gheorghe Magheru 28-30, Bucharest,]] <a href="https://www.dataprotection.ro/">www.dataprotection.ro</a></li>
<li>[[Bulgaria: Commission for Personal Data Protection (КЗЛД), 2 Prof. Tsvetan Lazarov Blvd, Sofia 1592,]] <a href="https://www.cpdp.bg/">www.cpdp.bg</a></li>
</ul>
</main>
{{>_foot}}
