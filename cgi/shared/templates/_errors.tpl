{{%AUTOESCAPE context="HTML"}}
{{#HAS_ERRORS}}
<section class="problem" role="alert" aria-labelledby="problem-title">
<h2 id="problem-title">[[Please check what you typed]]</h2>
<ul>
{{#ERRORS}}
<li><a href="#{{FIELD}}">{{MESSAGE}}</a></li>
{{/ERRORS}}
</ul>
</section>
{{/HAS_ERRORS}}
