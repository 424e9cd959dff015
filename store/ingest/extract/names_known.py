"""First names and surnames beyond the commonest, of many languages, and how surnames end.

Our own compilation, beside first_names.py. Holds no rules.
"""

import re

from store.ingest.extract.first_names import FEMALE, MALE
from store.ingest.extract.names_wide import WIDE
from store.ingest.extract.words import words_of

_FIRST = words_of(
    """
abbas abd abdallah abdel abdelaziz abdelkader abdou abdulaziz abdulla abdulrahman abe abel abigail
abner abraham abu achille achim ada adel adelaide adele adem aditya adnan adolf adolph adrien agatha
ahmet aidan aileen aimee ajay akbar akihito akio akira alain alasdair albrecht aldo alec aled
alejandra aleksander aleksandra aleksei aleksey alena ales alessandra alessandro alexandre
alexandros alexandru alexey alexios alf alfonso alfredo algernon alick aline alois alonso alonzo
aloysius alphonse alvaro alvin alyson amadou amanullah amelie amin amit amitabh amos anand
anastasios anatole ander anders andrei andrej andres andrey andrii andriy andrzej aneurin angel
angelo angelos anil anita anja anjali ann anna annika ansel anselm anselmo antoine anton antonin
antonios antonis anuradha anwar archibald archie arjun arlene arlo armand armando arnaud arne arno
aron art artem arthur arturo arun arvind asad asghar ashley ashok ashraf asif askar aslan astrid
atal athanasios athol attila auberon august auguste augustin augustine augusto augustus aung aurelio
aurora avigdor aviv avraham axel aydin ayman aziz babatunde bahadur bai baldwin baltasar balthasar
bao barney bart bartholomew bartolomeo bashar bashir basil bastian baz beau becky bela belinda
benazir benedetto benedict benito benny bent berit bernardo bernhard bert berta bertha berthold
bertil bertram bertrand bess bessie betina bettina beverley bharat bianca biljana billie billy
birgit bjarne bjorn björn blaine blair blaise blake blanche bo bobby bogdan bohdan bonaventure
borislav boutros boyd brandt branko brant brendon brent bret brice brigid brigitte britney bronislaw
bronwyn bruno bryce bud burt buster byron caesar cal caleb callum camilla camilo candace candice
carey carlo carlton carmelo carole caroline carrie carroll carsten carter cary casey casimir caspar
cassandra cassius catarina caterina cath cathal catriona cecil cecile cedric celeste celia celine
cesar chaim chandler chandra chang charlene charley charly chen chester chiara chip chloe chris
christa christel christelle christiaan christie christoph christophe christos ciara ciaran cicely
clarice clarissa claus clay clayton clemens clement clementine cliff clifford clifton clive clyde
cody cole colette colm conan connie conor conrad constantin constantine corbin cordelia corey
corinne cornelia cornelis cornelius cory cosimo costas courtney crispin cristian cristobal cuthbert
cy daisuke daisy dalia dalton dame damien damir damon dana dane daniela daniele danilo danny dante
daphne dario darius darko darlene darrell darryl daryl dave davey davide davis davor dawid deana
deanna debora declan dee deidre deirdre delia delilah delores demetrius demi denis deniz denny denys
denzel desiree desmond dev devin dewey dexter dharmendra diane diarmuid dick didi didier dietmar
dietrich dilip dimitar dimitrios dimitris dinesh dino dion dionne dirk djibril dmytro domenico
domingo dominic dominick dominique don donatella donnie donny doreen dorian doroteo dorothea dot
dougal dov dragan drew duane dudley duke dulce dun dwayne dylan eamon eamonn earle eberhard ebony
eckhard eddy edgard edie edith edmond edmund edna edouard eduard eduardo edvard edwina efraim
egon ehud eiji eileen einar eitan ekaterina elaine eleanora eleonora elfriede elhadj eli elias elie
eliezer elin elinor elio eliot elisa elisabeth elise eliseo elissa eliza ellie ellis elmer eloise
elroy elsie elton elvin elvira elvis emanuel emanuele emerson emil emilia emiliano emilie emilio
emir emlyn emmet emmett emory emre enda enid ennio enoch enzo ephraim erasmus erdem erich erick
erika erkki erling ermanno ernesto ernie ernst erol errol erskine erwin esau esmond esteban estella
etan etienne ettore euan eugen eugenia eugenie eugenio eunice eva evander evelina everett evo ewan
ewen ezekiel ezra fabian fabien fabio fabrice fabrizio fadi fahad fahd faisal faith farah farhad
farid faris farooq farouk fausto fay faye fayez federica federico fedor felicia felicity felipe femi
ferenc fergal fergus fern fidel filip filippo finn fiorello firas fletcher flora florian flossie
floyd fons ford forest forrest frances francesca francesco francine franco francois francoise
frankie franklin franklyn franziska françois françoise fraser freda freddie freddy frederic
frederica fredric fredrik freeman frieda friedrich fritz frédéric fuad fumio fyodor gabor gabriel
gabriele gaby gaetano gale galina gamal garfield garret garrett garry garth gaston gaurav gavriel
gavrilo gemma gen gene genevieve gennadi gennady geoffroy geordie georg georges georgi georgina
georgios georgy geraint geraldo gerard gerardo gerd gerda gerhardt germaine geronimo gerrit gerry
gershon gertrud giacomo gian giancarlo gianfranco gianluca gianni gideon gil gilbert gilberto gilda
giles gilles gillian gino gioacchino giorgio giorgos giovanna giselle gladys glen glenda glenys
glynis godfrey godwin goh goldie gonzalo goran gordana gorden gottfried gottlieb grady grant gregor
gregorio grigori grigory grover guido guillaume guiseppe gunnar gunter gurbanguly gustaf gustav
gustave gustavo gwendolyn gwilym gwyneth gérard günter günther habib hadi hadley hafez hafiz haider
haile hal haley halle hamad hamish hamza hana hanna hannes hanno hans-dietrich hardy hari harlan
harland harley harmon harri harriett haruki harun hasan hashem hashim hattie hazel heath heber
hector hedwig hedy hege heike heiner heinrich heinz-christian helga hella helmut helmuth hendrik
henk hennie henning henri henrietta henrik henryk herb heriberto hermann hermione hernan herve hervé
hideki hideo hideyoshi hieronymus hilda hillary hillel hiram hiro hirohito hiroshi hisham hjalmar
holger homer honore honoré horace horacio horatio horst hosni hossein howie hrant hubertus huey hugh
hugues humberto humphrey hung hunter hussain huw hyacinth hye iain iakov ibn ichiro ida idi idris
ieuan ignacio ignatius ignatz igor ike ilan ilana ilham ilias ilie ilka ilona ilya imad immanuel
imogen imran imre ina inderjit indira inga inge ingmar ingo ingvar inigo ioan ioannis ion ira irena
irfan irma irmgard irving irwin isa isaac isaak isabelle isaiah isao iseult ishaq ishmael isidore
isidro ismael ismail israel issam istvan istván italo ivar ivo ivy iwan izaak izzy jaap jabir jacek
jacinto jackson jacky jaco jacobo jacobus jacopo jada jade jaden jafar jagdish jairo jalal jalil
jamal jameel jameela jamil jan-peter jana janek janelle janez janina janine janis janos janusz
jaroslav jaroslaw jarvis jascha jasper javed jawaharlal jayne jean-baptiste jean-claude jean-jacques
jean-luc jean-marie jean-michel jean-paul jean-pierre jean-yves jeanette jeannette jeb jed jefferey
jeffery jelena jemima jemma jenna jeong jeremiah jeri jerker jermaine jeroen jess jessie jethro jia
jiang jianguo jie jill jillian jimmie jin jiri jitendra jiří joachim joakim joan joanie joao joaquin
jocelyn jock jodi jody joey johann johanna johannes johnnie johnson jojo jolanda jonah jonny joop
joost jordan jordi jorg jorgen joris joschka josefina joseph josette joshua josiah josip jost josue
josé jovan joyce joão juanita judah judas judd jude juhani jules juliane julien juliet juliette
juliusz jun jung junichi junior juraj jurgen jussi justine justus jutta jyrki jános jörg jørgen
jürgen kai kaja kalle kamal kamil kamran kareem karel karim karina karla karol karolina
karoline kaspar kasper kassym-jomart katarina katarzyna katerina katharina katharine kathie kathrin
katja katrin katsuya kay kayla kaylee kazimierz kazuo keeley keiji keiko keir keira keisha kelvin
kemal ken kendall kendra kenji kennedy kenny kent kenya kermit kerri kersten kevin khadija khaled
khalid khalifa khalil khurram kiera kieran kiichi kiki killian kim kip kira kiran kirk kirsty kit
kitty kiyoshi kjell klara klemens knut kobe koffi kofi koichi koji kosta kostas kris krishna krista
kristi kristian kristina kristine kristof kristopher krzysztof kumar kunal kurtis kwame kwasi kwesi
kyra kyrylo lachlan ladislav laila lajos lakshmi lal lamar lambert lana lancelot lane lanny lara
larisa laszlo latisha latoya laure laurel laurent laurie lavinia lavrenty lawson layla lazar lazaro
lazarus lea leah leanne lech lee leif leigh leland lelia len leni lennart lennox lenny lenora leona
leonardo leonhard leonidas leonie leonor leopold leopoldo leroy les lesley lester leszek leticia
letitia lev levi lewis lex li lia liana liang libby lidia liesl lila lili lilia lilian liliana
lilith lily lin lincoln lindsay lindy linus lionel lior lisbeth lise lisette liu livia lizzie ljubo
lleyton lloyd logan lola lonnie lope lora loren lorenz lorenzo loretta lorna lorne lothar lotte lou
louie louisa lourdes lowell luc luca lucas lucian luciano lucie lucien lucille lucinda lucius
lucretia lucrezia ludovic ludvig ludwig luigi luisa luiz lukas lukasz lula lupe lutz luz lyle lyman
lyndon lyndsey lynette lynne lyubov lászló maarten mabel macarena maciej mackenzie maddie madeline
madison madonna mads mae magda maggie magnus mahathir mahatma mahdi mahendra mahesh mahinda mahmood
mahmoud mahmud maisie maj majid makoto malala malik mallory malte mamadou mamie mandy manfred
manmohan manny manoj manolis mansour mansur manu manuela mao mara marat marcela marcelle marcello
marcelo marci marcin marcio marcy marek margaretha margarethe margaux margery margo margot margret
margrethe marguerite mari mariah mariam marian mariano maribel marica mariella marietta marija
marijke marika marilyn marina marinus marisa marisol marit marius mariusz marjan marko marla marlene
marlon marsha marshall marta martine martinez marty maruf marwan mary-ann maryam marybeth masaki
masashi masha mason masoud massimo mathew mathias mathieu mathilda mathilde matias matilda matt
matthias matthieu matti mattias mattie matty maud maude maura mauricio maurizio mauro mavis maxime
maximilian maximilien maxine may maya maynard mayra mehdi mehmed mehmet mehmood mei mel melba
melchior melina melody melville melvin melvyn menachem meredith merle merlin merv mervyn meryl meta
meyer mia mica micah michaela michail michal michał michelangelo mick mickey micky miguel mihai
mihail miho mika mikael mike mikhail mikheil miki mikis mikko miklos miklós milada milan mildred
milena miles mili millicent millie milos miloslav miloš milt mina minna minnie mir mira
miranda mireille mirek miriam mirjam miroslav miroslaw mirza misha missy mitchell miyuki mo moammar
modesto mohan mohandas mohsen moira moises mollie momcilo mona monika monte montgomery monty moray
mordecai morgan moritz morris morten mortimer morton moses moshe mostafa muammar mubarak mufti
muhammadu muhammed mukesh munir murad murat murdo muriel murtaza musa mustapha muttiah mykola myles
myra myriam myrna myron nabil nadezhda nadine nadya naguib nahum naim najib najla nan nancie nanette
naoko naoto napoleon narcisse narendra naresh nasir nasser nastassja nat natalya nate nathalie
nathaniel naveed navin nawaf nawaz nayib neal nechirvan ned neda nehemiah nell nellie nello nelly
nelson nenad nestor netta neville newton ngozi nguyen niall nicanor niccolo nichola nicholas nicki
nicky niclas nico nicodemus nicol nicola nicolaas nicolae nicolai nicolaus nicolette nicolo niels
nigel nikita nikki niklas niko nikol nikola nikolaj nikolaos nikolas nikolaus nikolay nikos nils
nima nina nino noam nobuo noel noelle noemi noor norbert noreen norma normand norris nouri novak
nuno nuri nursultan obadiah octave octavia octavio octavius odette odysseas ofelia ogden ola olaf
olav ole oleh oleksiy olga olive olle olli ollie olof olusegun omer ophelia oprah ora oren orest
oriana orin oriol orlando orson orville osama osamu oskar oswald oswaldo otis ottavio ottilie ottmar
oumar ove ovid owain oxana pablo paddy padma padraig paige palmer paloma pamela pandora pankaj panos
pansy paolo paquita parker parviz pascale pasquale patrice patrik patrizia patsy patti patty
paulette paulina paulino paulo paulus pavlo pearl pedro peer peg pehr pepe per percival percy perla
pernille perry pervez petah petar peter-paul petr petra petri petros petrus petteri petula peyton
phebe philippa philippos phillipa philo phineas phoebe pia pierluigi piero pierpaolo pierre-yves
piers pieter pietro pilar pim pinchas pino piper pippa pius placido polina poppy porfirio portia
prakash pranab pratap predrag prem preston primo prince priti priya procopius prosper prudence pyotr
qasem qasim quentin quincy quinn quintin raatul rabindranath rachael radko radmila radoslav radoslaw
radovan rae rafal rafał rafe rafi rafic rafiq raghu raheem rahim rahm rahul raimund rainer raisa raj
raja rajendra rajesh rajiv rajnath raleigh ralf rama ramesh rami ramiro ramona ramsay ramzan ramzi
rand randall randolph rania ranil raoul raphael raquel rashad rasheed rashid rasmus ratan ratko
raven ravi rayan raymund raymundo raúl reagan reba reece reed rees reggie reginald reid rein
reinaldo reiner reinhard reinhold remi rena renata renate renato rene rennie reno rené reuben reuven
rexford rey reynaldo reynold reza rhett rhiannon rhoda rhodri rhonda rhys ric ricardo riccardo rich
richie rick rickey ricky rico rigoberto rihanna riley rima rina ringo riordan rishi risto rita
ritchie ritva roald roar robb robbin robbyn roberta robin robyn rocco rochelle rocio rocky roddy
roderick rodney rodolfo rodrigue roel rogelio rohan rohit roisin rok rolando rolf rollo romain
romano romeo romola romulo rona ronaldo ronan ronda roni ronnie ronny roosevelt rory rosalia rosalie
rosalyn rosanna rosanne rosario rosco roscoe roseanne rosemarie rosie roslyn ross rowan rowena
roxane roxanne royce ruben ruby rubén rudi rudolph rudyard rufus ruhollah rui rupert rush ruslan
russel rustam rusty rutger ruthie ruud ryland ryszard rémi rémy saad saadi sabina sabine sachin
saddam sadie sadiq saeb saeed sahib said saif sakari sal saleem saleh salim salma salman salvador
salvatore sameer sami samir sammy sampson samson samy sandeep sander sandi sandor sandro sandy
sanford sanjay sanjeev santiago santo santos sapna sarita sasha saskia satoshi satya saul savannah
saverio savvas scarlett scot scottie seamus sean seb sebastiano sebastien sebastião sefton segolene
seiji selena selim selina selma selwyn semyon senta seppo seraphina sergej sergi sergii sergiu
serhii serhiy seumas severin sevim seyed seymour seán shah shaheen shaikh shakil shakira shamil shan
shana shanna shannen shapour sharif sharmila sharron shashi shaukat shauna shawn sheena shehu shelby
sheldon shelia shelley shep sheryl shia shigeru shimon shin shing shinichi shirin shiv shlomo
shoichi shona shyam sian sibyl sidonie siegfried sigmar sigmund sigrid sigurd sikandar silas silke
silvana silvester silvia simeon simo simona simonetta sinclair sindre sinead sinéad siobhan sirimavo
sissy sixto skip skye slavko slavoj slobodan sofie sohail soledad solomon sonja sonny sophocles
soraya soren souleymane spiro spiros spyros stacy stafford stan stana stanislas stanislav stanislaw
stanton stefani stefania stefanie stefano steffen steffi stein stelios stella sten stepan stephan
stephane stephanos stephen sterling stevan stevie stig stirling storm stu stéphane subhas sufjan
suharto sukarno sukhbir suki sultan suman sumner sunil sunita suresh susana susann susanne susie
suzan suzanna suzette suzy svante sven-goran svend sverre sybil syd sydney syed sylvain sylvester
sylvie séamus sébastien ségolène søren taavi tabitha tad tadashi tadeusz tahir taj takashi takeo
takeshi taku talal tam tamar tamas tami tammie tamás tania tanja tanner tanya tarek tariq tarja taro
tasha tassos tatiana tatsuo tatyana tawfiq tay tayyip ted teddy tedros teemu tenzin teo terese terje
terrance terrell terrence terri tess tessa tetsuo tex thabo thad thaddeus thalia thandie thea theo
theodor theodora theodoros theodosius therese thierry thilo thom thora thorsten thurman thérèse
tiago tiberius tibor tiger til tilda tilde till tilly timo timofey timon timothee timur tina tino
tipper tito titus tobias tobin toby tod toivo tomasz tome tomislav tommaso tommie toni tonia tonino
tonya tor tore torsten toru toshiaki toshio toshiro tova tove toya tracey tran trent trevon tricia
trina trinity trish trisha tristan trixie troy trudy trygve tsai tsutomu tuan tucker tullio tuomas
turgut twyla ty tyra tyrone tzipi uday udo uhuru ulf uli ulla ulrich ulrike ulysses umar umaro
umberto una ungaro urho uri uriah urs ursel usain usama usha usman uwe vaclav valdemar valdis
valentin valentino valerian valerio valeriy valery valter van vance vanya vasco vasil vasile vasiliy
vasily vasyl vaughan vaughn veit velma velvet venetia venkaiah venus vera verity verne verona
veselin vesna vic vicente vicki vickie vicky vidkun vidya vijay vikas vikram viktoria viktoriya
vilhelm vilhjalmur ville vilma vin vince vincente vincenzo vinnie vinod virgil virgilio virgilius
virginie vishnu vitali vitaliy vito vittorio vitus vivek vivi vivian viviane vivien vivienne vlad
vladimír vladislav vojislav vojtech volker volodymyrovych václav wade wadih waldemar waldo waleed
walid wallis wally walt walther wangari wanye ward warwick washington wassily waylon webster weldon
wen wendel wendell wenzel wernher wes westley wilbert wilbur wilda wiley wilf wilford wilfred
wilfredo wilfrid wilhelm wilhelmina willa willard willem willi willie willis willy wilma wilmer
wilson wim windsor winfried winifred winnie winona winston winthrop wojciech wolf wolfram wolodymyr
woodrow woody wyatt wynton xander xaver xavi xena xi xiao xiaoping ximena yaakov yael yahya yair
yakov yan yang yanis yann yannick yannis yaroslav yash yashwant yasmin yasmine yasser yassir
yasuhiro yasuo yehuda yelena yevgenia yevgeniy yevheniy yigal yitzhak yoav yoel yohan yoichi yoko
yolande yoram yorick yosef yoshihide yoshiro yossi yousef youssef yousuf yu yuan yukio yul yulian
yuliya yun yunus yuriko yuriy yury yusuf yuval yves yvon zac zach zachariah zack zaheer zahid zahra
zaid zain zaki zalmay zara zayed zbyszek zdenek zdeněk zeev zeke zelda zelma zena zeno zenobia
zeynep zhang zhanna zhao zhen zhi zhou zhu zia ziad zigmunt zinedine zinovy zita ziv zoltan zoltán
zora zoran zsa zsuzsa zulfikar zuzana zvonimir zygmunt łukasz
"""
)
FIRST = (_FIRST | MALE | FEMALE | WIDE) - {"ford"}  # the make of a car, far more often
SURNAMES = words_of(
    """
abbas adams adenauer ahmed alexander ali allen anderson andrews arafat armstrong arnold assad attlee
austin bailey baker baldwin banks barker barnes barrett bates beck beethoven bell bennett berry
bhutto biden bishop black blair blake bond booth bowman boyd bradley brady brandt brezhnev brooks
brown bryant burke burns bush butler byrne cameron campbell carey carlson carpenter carr carroll
carter castro chan chang chapman charles chavez chen cheney chirac choi christie chung churchill
clark clarke clinton cohen cole coleman collins connolly cook cooper cox craig crawford cruz
cunningham curtis darwin davies davis dawson day dean deng diaz dickson disraeli dixon douglas doyle
duncan dunn edwards einstein elliott ellis erdogan evans ferguson fernandez fernando fisher
fitzgerald fleming fletcher flores flynn ford foster fowler fox francis franklin fraser freeman
freud fuller gaddafi gandhi garcia gardner george gibson gilbert gladstone gomez gonzales gonzalez
gorbachev gordon graham grant gray green greene gregory griffin griffiths gupta hall hamilton
hammond hansen harding hardy harper harris harrison hart harvey hawkins hayes henderson henry
hernandez hicks hill hitler ho hoffman holland hollande holmes hong hopkins howard howell hu huang
hudson hughes hunt hunter hussain hussein ibrahim ivanov jackson jacobs james jenkins jennings
jensen jimenez johnson johnston jones jordan joseph kagame kaplan kaur kelly kennedy kerr kerry khan
khrushchev kim king kissinger klein knight kohl kumar lamb lambert lane larsen larson lavrov law
lawrence lawson le lee lenin leonard lewis li lim lin lincoln lindsay little liu lloyd long lopez
lowe lukashenko lynch macdonald mackay mackenzie maclean macron mandela mann mao marsh marshall
martin martinez marx mason matthews maxwell may mbeki mccain mcconnell mcdonald mcgrath mckay
medvedev mendoza merkel meyer miles miller mills mitchell mitterrand modi moore moreno morgan morris
morrison mozart mubarak mueller mugabe muller murphy murray musharraf mussolini myers müller
napoleon nash navalny nehru nelson netanyahu newman newton nguyen nicholson nixon norris o'brien
o'connell o'connor o'neill o'reilly obama oliver olsen ortiz osborne owens page palin palmer park
parker parsons patel patterson payne pearce pearson pelosi perez perkins perry peters petersen
peterson phillips picasso pierce poroshenko porter potter powell price putin quinn rabin ramirez
ramos rao ray reagan reed reid reyes reynolds rice richards richardson richter riley rivera roberts
robertson robinson rodriguez rogers romero romney roosevelt rose rosen ross rossi rumsfeld russell
russo ryan sanchez sanders santos sarkozy saunders schmidt schmitt schneider scholz schroeder
schultz schwartz scott shah shakespeare sharma sharon sharp shaw silva simmons simon simpson singh
smith snow snyder spencer stalin stanley stein stephens stern stevens stevenson stewart stone stuart
sullivan sun sutherland suzuki tan tanaka tang taylor thatcher thomas thompson thomson torres tran
trotsky trump tucker turner tyler tymoshenko vargas vasquez vazquez wagner walker wallace walsh
walters wang ward warren washington watanabe watkins watson watts weaver webb weber webster weiss
welch wells west wheeler white wilkinson williams williamson willis wilson wolf wong wood woods
wright wu xu yamamoto yang yanukovych yeltsin young yu zelenskiy zelensky zelenskyy zhang zhao zhou
zhu zuma
"""
)
# First names that are words or places as well: they tell less.
AMBIGUOUS = words_of(
    """
abel alba alma angel angelo april art asia august augusta aurora baron basil bear billy bishop blue
bo bonnie boston brook brooks bud bush buster cam carmel carolina cat chance charlotte chase chelsea
cherry china chip christian clay cliff cody cole colt cruz crystal daisy dakota dale dallas dawn
delta denver dot dream duke earl eden elijah elvis faith fern flora florence ford forest forrest fox
gale gene georgia glen grace grant happy harbor heath heaven honor hope hunter india iris israel ivy
jade jasmine jean jersey jet jewel joey jordan joy june junior justice king kit lance lane laurel
lee lily lincoln lion london lourdes madison madonna mason melody mercedes mercury milan miles mini
monte noble ocean olive orion pace page paradise paris pat patience pearl penny pepper phoenix piper
poppy prince prudence rain raleigh raven ray reign rich river rock rocky rome rose royal ruby rusty
sage saint sandy santa santo santos savannah scot seven shelby skip sky skye smart star stone storm
summer sun sunny sydney tex tiger trinity troy tudor tyler valencia venus verity victoria viola
violet virginia vishnu wade wally ward washington wild will windsor winner wolf woody york young
"""
)
NAMES = FIRST | SURNAMES
# How surnames end in the languages that have such ends; hardly any English word does.
ENDING = re.compile(
    r"\w{2,}(?:sky|skyy|skyi|skiy|skii|ski|ska|skaya|skis|cki|tsky|kov|kova|lov|lova|nov|nova|rov|rova"
    r"|sov|sova|dov|dova|tov|tova|gov|gova|mov|pov|zov|hov|bov|vov|yov|kin|ev|eva|yev|yeva|enko|chuk|shchuk"
    r"|ovych|ovich|evich|vich|vych|wicz|vic|vić|nic|nić|jic|jić|ović|ovic|escu|eanu|shvili|adze|yan|ian|oglu|oğlu"
    r"|opoulos|akis|idis|iadis|sson|ssen|sen|dottir|stein|stern|berg|burg|feld|mann|bauer|meyer|heimer"
    r"|baum|witz|itz|quist|qvist|gren|lund|strom|ström|dahl|sma|stra|inen|onen|ainen|auskas|evicius|ez|ñez"
    r"|elli|etti|otti|ucci|acci|ini|ino|illo|ello|oni|eiro|eira|ães|ault|eau|eaux|ieux|oux|allah|uddin|ullah|zadeh"
    r"|pour|moto|mura|shita|guchi|yama|gawa|kawa|naka|saki|zaki|hashi|jima|shima|awa)"
)
NOT_ENDING = re.compile(
    r".*(?:tion|ison|hian|ltan|rdian|dian|tian|ician|arian|ourian|talian|ussian|rmenian|sian|nian)$"
)
CELTIC = re.compile(r"(?:Mc|Mac|Fitz)[A-Z]\w+|O['\u2019][A-Z]\w+|D['\u2019][A-Z]\w+")
