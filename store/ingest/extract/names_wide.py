"""First names from all over the world that names_known.py and first_names.py do not have.

Our own compilation; what is also an English word or a place is left out. Holds no rules.
"""

from store.ingest.extract.words import words_of

WIDE = words_of(
    """
martina waqar gotthold adolphe nettie salomon susilo thaksin aecio rosalynn ritva elham guus
abdelfattah abdelmalek abdoulaye abebe abhishek abiy abubakar abubaker adama adebayo ademola adil
adriano afonso agnieszka agustin agustín ahmedou ailsa aishwarya aiyana ajit akinwumi alassane
albina alcides alejandrina aleksandar alemayehu alessia alexa alexandr alfie alhaji aliou alisa
alisha aliyu allyson alojz altaf alun alva amalia amara amare amarinder amartya ambrose amina
aminata aminu anan anas anatoliy andreea andrejs andrius andré andrés angélique aniruddha anjelica
annalena anne-marie anneke annelies ansgar anthea antonella antoni antónio anupam anurag anusha
anwarul aparna aravind aretha arianna ariel arif arindam aristide arkady armin arnoldo aroldis arpad
arsene arsène artemio artur arundhati arvo asha ashish ashwin asma assane asta athina atiku atsushi
aud aude audley augusta aurelie aurelien aurélie avril aya ayaan ayad ayesha aylin ayodele ayub azam
azita azmi aécio bala baldev barkha basant bassam bassem bautista beatriz bechir begoña behrouz beji
benigno benita benjamín benoit benoît berhane berislav bettino bhim bhumibol bilal billie-jean
binali birgitta bisera blas bojan bola bonaventura boniface borut bosco boubacar brahim branislav
breanna brianna brigitta britta bronisław bukola burhan burhanuddin byambyn caetano caio candelaria
caren carles carlota carlotta carme carmela caspian catalina cate cecilio celal celso cemal cezary
chaminda chandrababu chandrika chantal charis charlize chas cheick cheikh chetan chidambaram chidi
chika chikara chinedu chinua chloé chris-ann christer christianne christof chul chun-ying ciarán
cilla ciro claudette claudine claudio clea clemente cliodhna clodagh cláudio coco concepción
consuelo cora corazon corentin cosmin cristiana cristiano cristián cristóbal cuauhtémoc curt cécile
cédric césar dag dagmar dai daichi daijiro dainius daley damaris damiano damián danai danijel daniël
danuta dara dariusz darja darragh daryn dawit dayana deepak deepika deepti delfina demba demet
derrick devendra dhananjay diederik dieudonné digvijay dilma dinah dinara diogo djamel doina
dominika donato dong donncha dorota doru draga drazen dražen duarte dursun dusan dušan dwyane
ebenezer ebrahim ebru edda edgaras edita eduardas edurne edwige efrain efrem egor eike eino eirik
eladio eleni elham elia elif elina elizaveta elke elly elmar emad emeka emi emilija emine emmerson
endre enrico enver erdal erlend ersin esa esperanza estela eun eusebio evangelos evgeni evgenia
evonne ewa ezio faiz fanny fareed farrukh fatih fatma fatou fatoumata fazal feliks femke feng
feridun fermín fernand fernanda flavia flavio florentino floriane flávio foday folke fotis franck
frauke frederik freya frida fridtjof frits fulvio félix gabriella gael ganesh gautam gavriil gaël
geert genaro geneviève germán gert ghassan ghulam giampaolo gianluigi giuliano giulio giustino golda
goodluck gopal gosta gotz gracie graeme grazia grazyna graça gregg gro grzegorz gréta guadalupe
gualtiero guilherme guillem gulnara guus gábor göran götz hailemariam hakan hakeem hakim halil
halima halina hamed hameed hamida hanan hannelore hansi harald hariri harpreet harsh haruhiko haruka
hasina hatice hayao haydar haytham hea heikki helge helle heloisa henrique hernán hester hicham
hidetoshi hifikepunye hikaru hind hiroaki hirofumi hiroki hiroko hiromi hironobu hiroshige hirotaka
hiroto hiroyuki hisashi hissène hitoshi hoda horia hortensia hosein houari hristijan hristo hrithik
huda humayun humza hyun hyung håkan héctor hélène iago ibolya ibraheem idriss ieva ignas ignazio
ijaz iker ildikó ilhan ilija ilir ilkka ilyas imelda ines ingeborg ingemar inger inma inna inzamam
inés inês ioana ionel irakli irvin isaias isam isatou iskandar ismaïl ismet isobel issa itamar ivano
ivica ivona iyad izabela izumi jaafar jaakko jaclyn jahangir jamaluddin jamila janko janne jannik
jarosław jasmin jasmina jasna jaswant javad jawad jayalalithaa jean-bertrand jean-françois
jean-louis jean-marc jean-philippe jeannine jenson jerzy jerónimo jesús jhumpa jianlian jing jitka
joana joaquín joelle joerg joko jolanta jolene joni jorma josefa joséphine joško juana juanma julija
juma junichiro jurica justyna juvenal jyoti józef jörn jānis kader kadir kaisa kaj kakha kamalesh
kamel kamila kanako kane kanye kaoru kapil kara karan karima karl-heinz karlheinz karlo karolos
karsten kasim katia katinka katya kaushik kavita kazuhiko kazuhiro kazuki kazuya kees kei keiichi
keisuke keita kelechi kelley kenichi kenta kento kenzo kerry-anne keshav khaleda kikuko kim-jong
kimi kirstin klaas klement koichiro kolinda konrad konstantinos kostis koto krishnan kristalina
kristiina kristijan kristóf krystyna kumi kunihiko kunio kwabena kwaku kyohei kyoko kyriakos kyung
lacey lakhdar lali lalit lamine lata latifa laurette lauri lavrentiy leandro lebron leilani lenka
leocadia leoncio leonel leontien leslaw letizia levan levon leyla liaquat libor liesbeth ligia lina
lito liudmila liv liviu ljubica ljubisa lluís loic lolita longin loredana lorena lotta lourenço loïc
lubna lubomir lucio lucrecia lucía ludmila luigia luiza lukáš luljeta luminita lyan lynda lyudmila
léa léon mads-peter maeve magali maha mahamadou mahamane mahamat mahela mai mairead maite maja
makhosazana maki maksim maksym malcom malgorzata malin mallika mamata mamnoon mamoru manabu manal
manana mandla manfredi manish manisha manjula manoel manohar manouchehr mansoor marc-andré marceline
marcelino marcell marcella marcial margareta margarida margherita margrit mariama mariane mariangela
marianna marie-claire marie-france marie-george marie-josé marie-louise marieke marielle marietje
marin mariya marja marjolein markku markos marlies marthe marti martti martyn martín marvan marwa
marya maryann maryna maryse masaharu masahiko masahiro masahito masako masanori masao masaru masato
masatoshi masayoshi masayuki massimiliano massoud mateja mateo mateus mathis matilde matjaz mats
matsuo matteus matthijs mattis matylda matías mauri maurits maurício maximiliano maxwell mayte
mayumi mazen małgorzata mbongeni megawati mehran mei-ling meles melisa merced mercè merve messaoud
mette mevlut mevlüt miao micaela michaël micheal michel-ange michela micheál michiko michinori
michèle midori mieczyslaw mien mietek miguelito mijo mikako mikel mila milagros milica milivoj milja
miljan millan milo milorad miltiadis milutin mimi ming minh minh-thu minjoo minoru mirela mirko
mirta mitsuko mitsuo miwa mladen moeen mogens mohamud mohd mohit mohsin mojca moktar momčilo moncef
mongi montserrat mouloud mounir moussa muawiya muctar muhammet muhyiddin mukhtar munira muqtada
murali mushfiqur mustaf mwai myong myung mária márton na-young nadav nadeem nadim nadir nadja
naftali nagendra nahid naima naledi nambaryn nana nandan nandini narcis nasim nasri nasrin natacha
natalija natasa natascha naum navi navjot nawal naya nazanin nazim nebojsa nebojša necmettin neelie
neha nelida nemanja nenê neus neven ngô nhat nicla nicolau nicoletta nicolás nidal nidia niilo nik
nikica niklaus nikoletta nikolina nils-petter nilufar nirmala nisha nita nitin nizar njabulo
nkosazana noa nobu nobuhiko nobuhiro nobuyuki noemí nomvula noora norberto norihiro noriko norio
norodom nouria noëlle nura nuria nurlan nurul nuwan néstor núria obiageli octavian oded odile
ofer oili oiva ojo okechukwu olafur oldrich olena olexandr olimpia olivera ollanta olli-pekka
olubunmi oluwaseun omar-hassan omara oskari oto ottoline ousmane outi oyvind paavo padraic pallavi
panagiotis paola paolina parvati pascual patience patricio patryk patrícia paul-henri pavla pavlos
pawel paweł payal pekka pelagia per-olof perica perihan pertti petrit petronella petroula peyman
phan philomena phoolan phuong piet pieter-jan pietra pinar pipa piyush placide pooja poul prabhakar
prabowo pradeep praful pramod pranav prasad prashant pratibha praveen prayut priit prithviraj
priyanka purnima pádraig pál pädraig přemysl qaboos quang quim quirin rabah rabia rachid rada radha
radim radoslava radosław rafaela rafaele raffaele raffaella raghuram rahel rahmat raila raimo
rainier rajan rajat rajeev rajini rajkumar rajpal rakesh ram ramazan ramdane ramin ramiz ramsi
ramush rana ranbir randeep ranga rani ranjan ranjit ranko rashida rastislav rati ratna rauf ravindra
raza razia rebeka refik reginaldo reidar reiko reina reino rekha remigio remo renaldo renaud renzo
reto reyhan rezzan riad riaz ricarda riccarda richárd rigoberta riitta rikke riku rimantas rishabh
ritu riyad riza robbert robertas robrecht rochus roderic rodica rogelia rogério roh rohini roko
rolandas romana romy romário ronit rosalba rosalía rosamund rose-marie rosella rosmarie rotimi roza
rozalia rubens rudiger rukmini rumen runa ruta ruža ryo ryoichi ryoji ryosuke ryota ryotaro ryuichi
ryutaro régis rüdiger saara sabah sachiko sadako sadao sadio safet safiya sahar saida saira sakae
saku salam saliou salomé salva samar sambit samia samina samira samu samuli sanae
sania sanjiv santi santino sanya saraswati sari sarika sartaj sashi satish sato satoru saulius
savita savo sayed sayeeda saúl sebastiaan sebastián seema segundo seiichi seiya sejal selahattin
semih sepp septimus serafín serena sergiy serkan sertan severo seyni seyran shabana shabir shafiq
shah-rukh shahbaz shahid shahram shaima shakib shalini shami shamima shamsul shanaz shane-anne
shankar shanthi sharad shashank shawkat shehbaz sheikha shekhar sherif shikhar shinichiro shinji
shintaro shinya shivnarine shivraj shlomi shoaib shobha shogo shohei shotaro shuji shunsuke shusaku
siba siegmund sigrun sigurður siiri simge simón sindiso sini sirkka sitaram siv sivan slava slaven
slavica slawomir smita smriti snezana sofía sohrab soichiro sokratis solange solveig somchai sonal
soumya sourav sri stanislava stanko stavros steingrimur stig-göran stipe stojan stoyan stéphanie
subrahmanyam subramaniam sudha sudhir suheil sukanya suleiman suleyman sumire sumit sunder suneel
sung suphachai supriya surayya surendra surjit sushil sushma susi susilo sven-göran sveta svetozar
swati sylvestre sylwia szymon süleyman sławomir tadao tadej taeko taha tahira taiichi taiwo takaaki
takafumi takahiro takako takanori takao takehiko takuma takumi takuro takuya talat taleb talia
tamiko tamim taner tanguy tansu tanzim tapio tarana tarcisio tariku tarso tasnim tasos tatjana
tatsuya tegla temur teodor teodora teodoro teresita tereza tero tetyana teuvo thais thaksin thein
thembi theodoor thiago thijs thilan thomaz thorbjørn thorvald théo tianyi tigran tiia tiina
till-bert timoleón tina-maria tirunesh todor tomi tomica tomiko tomislava tommi tomohiro tomoko
tomomi tomás tomáš toomas topi torbjörn torbjørn torkel toshi toshihiko toshihiro toshikazu toshiki
toshimitsu toshiyuki traian treasa trine troels trond tshering tsipi tsukasa tsuyoshi tuomo tuula
twan ugo ulrica umma umme unai unni upul ural urszula urtė urška uwe-jens vadym vaino valdas valeria
valtteri valérian valérie vandana vangelis vania vanja varun vasant vasilios vasilis vasudha
vasundhara vefa veikko velibor velimir venceslau venugopal vera-lucia verena verica veronika
veronique vesa vibeke vidar viggo vikki vilho vilis villy vilém vinay vincenza vineet vinicius vinko
vinícius violeta violetta viorel viorica vira virat virender virginijus vishal vissarion vitalii
vjekoslav vladimira vlado vlasta vojtěch voula vuk vukašin vyacheslav vytautas véronique wafa waheed
wahid walcott waqar wasim wassim wei wenche wiebke wieslaw wietse wiktor wilfried willian willibald
willy-brandt wioletta wladimir wlodzimierz wouter włodzimierz xabi xabier xanana xiaobo xiaolin ximo
xu yacine yacouba yadira yahaya yahia yalcin yanick yaron yasemin yaser yasmina yasuhiko yasushi
yavuz yaya yayi yehia yelizaveta yesim yevgeni yevhen yi yildiz yingluck yitzchak yohei yoichiro
yoon yordan yoshiaki yoshihiko yoshihiro yoshikazu yoshiko yoshinobu yoshio yoshitaka yoshito
yoshiyuki youcef young-sam youri yousaf yuichi yuichiro yuji yujiro yuka yukari yuki yukiko yukiya
yuko yuma yumi yumiko yunis yusef yusuf-ziya yusuke yuta yutaka yuto yōko zafar zaha zakaria zakir
zalina zdravko zeferino zeinab zelimkhan zeljko zenon zeynab zhenya zhiqiang zhivko ziauddin ziaur
zinaida zine zlata zlatan zlatko zohra zoila zorica zubin zulema zuleyka zuzanna zvi zvonko ángel
ángela édouard étienne öner özgür øyvind željko
"""
)
