{{%AUTOESCAPE context="HTML"}}
{{>_sb_head}}
<title>{{SUBJECT}} - sandbox</title>
{{>_sb_top}}
<h1>{{SUBJECT}}</h1>
<p>From {{FROM}}<br>To {{TO}}</p>
<article>
{{#LINES}}{{BEFORE}}{{#LINK}}<a href="{{LINK_URL}}">{{LINK_URL}}</a>{{/LINK}}{{AFTER}}<br>
{{/LINES}}
</article>
<p><a href="/mail">Back to the mailbox</a></p>
{{>_sb_foot}}
