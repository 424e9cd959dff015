"""Common first names and what they tell of he or she. Our own compilation, nothing else."""

from store.ingest.extract.words import words_of

MALE = words_of(
    """
aaron abdul abdullah adam adrian ahmad ahmed alan albert alejandro aleksandr alex alexander alexei
alfred ali alistair allan allen amir anatoly anders andre andreas andrei andrew andy angus anthony
antonio antony arnold arthur barack barry ben benjamin bernard bernie bill bob boris brad bradley
brandon brendan brett brian bruce bryan calvin carl carlos chad charles charlie chris christian
christopher chuck clarence clark claude clint colin connor craig curtis cyril dale damian dan
daniel darren dave david dean dennis derek diego dieter dimitri dirk dmitri dmitry don donald doug
douglas duncan dustin dwight earl ed eddie edgar eduardo edward edwin elijah elliott emile
emmanuel enrique eric erik ernest ethan eugene evan evgeny felix ferdinand fernando francis
francisco francois frank franz fred frederick gareth gary gavin geoff geoffrey george gerald
gerard gerhard giovanni giuseppe glenn gordon graham greg gregory guillermo gunther gus guy hamid
hank hans harold harry harvey hassan hector heiko heinz helmut henri henry herbert herman howard
hubert hugh hugo hussein ian ibrahim igor ivan jack jacob jacques jaime jake jakub james jamie jan
jared jason javier jay jeff jefferson jeffrey jens jeremy jerome jerry jesse jesus jim jimmy
joachim joe joel johan john johnny jon jonas jonathan jorge jose josep josef joseph josh joshua
juan julian julio justin karl keith ken kenneth kevin kirill klaus konstantin kurt kyle lance
larry lars laurence lawrence lee leo leon leonard leonid lewis liam lindsey lloyd louis lucas luis
luke magnus malcolm manuel marc marcel marco marcus mario mark markus martin marvin mateusz matt
matteo matthew maurice max maxim michael michel miguel mike mikhail milton mitch mitt mohamed
mohammad mohammed muhammad murray mustafa nathan ned neil newt nicholas nick nicolas nigel nikolai
noah norman olaf oleg oleksandr oleksii oliver olivier omar oscar osman otto owen pablo pascal pat
patrick paul pavel pedro pete peter petro phil philip philippe phillip pierre piotr radek rafael
ralph ramon randy raul ray raymond recep reinhard rex ricardo richard rick rob robbie robby robert
roberto robin rod rodrigo roger roland roman ron ronald ross roy rudolf rudy rupert russell ryan
sam samuel scott sean sebastian serge sergei sergey sergio seth shane shaun shinzo sid sidney
silvio simon spencer stanley stefan stephen steve steven stewart stuart sven ted terence terry
theodore thomas tim timothy todd tom tomas tommy tony travis trevor tyler vadim valery vernon
victor viktor vincent vitali vitaly vladimir volodymyr wade wallace walter warren wayne werner
wesley will william wolfgang xavier yuri yury yevgeny zachary zbigniew
"""
)
FEMALE = words_of(
    """
abigail adriana agnes aisha alexandra alexandria alexis alice alicia alison allison alyssa amanda
amber amelia amy ana anastasia andrea angela angelina anita ann anna anne annegret annette annie
antonia april ariana ashley audrey ava barbara beatrice bella bernadette beth betsy betty beverly
bonnie brenda bridget brittany camille carla carly carmen carol carolina caroline carolyn carrie
catherine cathy cecilia charlotte chelsea cheryl chloe christiane christina christine cindy claire
clara claudia colleen condoleezza connie constance cristina crystal cynthia daniela danielle dawn
deborah debbie debra denise diana diane dolores donna dora doris dorothy edith eileen elaine
eleanor elena elizabeth ella ellen elsa emily emma erica erin estelle esther ethel eva eve evelyn
fatima fiona florence frances gabriela gabrielle gail gennifer georgia geraldine gertrude gina
ginni giorgia gisele giulia gloria grace greta gwen hannah harriet heather heidi helen helena
helene hilary hillary holly huma ida ingrid irene irina iris isabel isabella ivanka ivana jackie
jacqueline jacinda jane janet janice jasmine jean jeanne jen jennifer jenny jessica jill jo joan
joanna joanne jodie josephine joy joyce juanita judith judy julia juliana julie june kamala karen
karin karine kate katherine kathleen kathryn kathy katie katrina kayleigh kelly kelsey kerry
kersti kim kimberly kirsten kristen kristin laura lauren leila lena leslie lillian linda lisa liz
liza lois loretta lori lorraine louise lucia lucy lydia lynn madeleine magdalena maggie maia
marcia margaret margarita maria mariana marianne marie marina marion marissa marjorie martha mary
maureen megan meghan melania melanie melinda melissa mercedes michele michelle mildred miriam
molly monica monique nadia nancy naomi natalia natalie natasha nicola nicole nikki nina nora norma
olga olivia oksana pamela patricia paula pauline peggy penelope penny phyllis polly priscilla
rachel rebecca regina renee rita roberta rosa rosalind rose rosemary roxana ruth sabrina sally
samantha sandra sanna sara sarah shannon sharon sheila shelly sheri sherry shirley simone sofia
sonia sonya sophia sophie stacey stella stephanie sue susan susanna suzanne svetlana sylvia tamara
tammy tanya tara tatiana teresa thelma theresa tiffany tina tracy ursula valentina valerie vanessa
vera veronica victoria viola violet virginia wanda wendy whitney yana yolanda yulia yvette yvonne
zoe
"""
)
