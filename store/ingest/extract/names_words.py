"""The words by which names are told apart: titles, ends of names of bodies and places, others.

Our own compilation: what any careful editor would list. Words of titles are in lower case, for
they are compared without case; the others as they are written in names. Holds no rules.
"""

from store.ingest.extract.words import words_of

HONORIFICS = words_of(
    """
Archbishop Archduke Aunt Ayatollah Baron Baroness Begum Bishop
Brother Cardinal Count Countess Czar Dame
Doctor Dr Duchess Duke Earl Emir Emperor Empress Father Fr Frau Hajji Herr Hon Imam Kaiser King Lady
Lord Madame Maestro Marquess Marquis Messrs Miss Mister Monsieur Mother Mr Mrs Ms Mullah Mx Pastor
Pope Prince Princess Prof Professor Queen Rabbi Rev Reverend Saint Senor Señor Shah Shaikh Sheik
Sheikh Sir Sister Sultan Tsar Tsarina Uncle Viscount
"""
)
# Nouns that a title ends in.
TITLE_NOUNS = words_of(
    """
activist actor actress adm admiral adviser advisor agent aide alderman am amb ambassador analyst
anchor animator anthropologist apostle archaeologist archbishop architect artist astronaut
astronomer attorney attorney-general auditor aunt author ayatollah banker baron barrister bassist
billionaire biologist bishop boss boxer boyfriend brigadier broadcaster broker brother businessman
businesswoman cadet candidate capt captain cardinal carpenter cartoonist catcher cdr ceo
ceo-designate cfo chair chairman chairperson chairwoman chancellor chemist chief choreographer
cleric clerk cmdr co-founder coach cofounder col colleague colonel columnist comedian commander
commissioner commodore composer conductor congressman congresswoman constable coo coroner corporal
correspondent cosmonaut councillor councilman councilwoman counsel counsellor counterpart cousin cpl
cricketer critic cto curator cyclist czar dancer daughter dean defendant defender delegate dentist
deputy designer detective diplomat director director-general doctor driver drummer duke earl
economist editor electrician emir emperor empress engineer ensign entertainer entrepreneur envoy evp
executive farmer father fiancee filmmaker financier fisherman footballer founder friend gangster gen
general girlfriend goalkeeper golfer gov governor governor-general graduate granddaughter
grandfather grandmother grandson guard guitarist head historian host husband illustrator imam
industrialist inspector investor jockey journalist judge justice kc keyboardist killer king lady
laureate lawmaker lawyer leader lecturer legislator librarian lieutenant lord lt maj major manager
marshal mathematician mayor mechanic mediator mep midfielder militant minister missionary monk
mother mp msp
murderer musician negotiator nephew niece nominee novelist nun nurse officer official ombudsman
owner painter parliamentarian partner pastor pfc philosopher photographer physician physicist
pianist pilot pitcher plaintiff player playwright poet politician pope predecessor premier presenter
president priest prince princess principal private producer professor prophet prosecutor
prosecutor-general provost psychiatrist psychologist publisher qc quarterback queen rabbi rapper
rapporteur rebel rector referee registrar rep reporter representative researcher resident reverend
rival runner saint scientist screenwriter sculptor secretary secretary-general sen senator sergeant
sgt shah sheikh sheriff singer sister skater sociologist soldier solicitor son songwriter spc
speaker spokesman spokesperson spokeswoman spy strategist striker student successor sultan
superintendent surgeon survivor suspect svp swimmer taoiseach teacher theologian trader trainer
treasurer tsar umpire uncle undersecretary veteran vice-president victim violinist vocalist vp
warden warlord widow widower wife witness writer
"""
)
# Words that may stand before the noun of a title.
TITLE_MODIFIERS = words_of(
    """
1st acting adm adm. affairs agriculture air american-born army artistic assistant associate attorney
award-winning band baseball basketball brig brig. brigadier campaign capt capt. chairman champion
charge chargé chief city civil classical climate cmdr cmdr. co coalition col col. commerce
communications congressional conservative controversial country county creative cricket crown
culture current defence defense democrat democratic deputy designate development district economic
economics economy education elder elect emeritus energy environment ex executive famous federal
fellow film finance financial fire first folk football foreign former founding gen gen. general
global grand head health high hip-hop hockey home homeland house housing human incoming independent
information interim interior international jazz junior justice labor labour late laureate lead legal
legendary liberal lieutenant long-time longtime lord lt lt. maj maj. major majority managing marine
marketing master media medical military minority musical national naval navy new nobel non-executive
noted nuclear opera operating opposition outgoing parliamentary party peace permanent petty planning
police policy political pop popular presidential presiding press prime principal private
professional prominent public rear rebel regional relations renowned republican retired rights rock
royal rugby ruling sales science scientific second security senate senior sergeant sgt sgt. soccer
social society solicitor soul special staff state supreme team technical technology tennis then
third top trade transport transportation treasury under union urban veteran veterans vice
vice-admiral warrant world younger
"""
)
# What a title may be of: "Secretary of State".
TITLE_OF = words_of(
    """
affairs agriculture commerce defence defense education energy finance foreign health homeland
interior justice labor labour security staff state trade transportation treasury war
"""
)
RANKS = words_of(
    """
Adm Ald Amb Asst Brig Capt Cdr Cmdr Col Const Cpl Cpt Dep Det Gen Gens Gov Hon Insp Lt Maj Pfc Pte
Pvt Rear Rep Reps Sen Sens Sgt Spc Supt
"""
)
ORG_NOUNS = words_of(
    """
Abbey Academy Administration Aerospace AG Agency Aircraft Airline Airlines Airways Alliance
Archdiocese Army Assembly Associates Association Athletic Athletics Authority Automotive Aviation
Bank Bankers Battalion Bears Bloc Board Boards Bombers Brigade Brigades Broadcasting Bros
Brotherhood Brothers Bulls Bureau Business Cabinet Cathedral Center Centre Chamber Chapter Chemical
Chemicals Choir Church Circle Club Co Coalition College Command Commission Committee Commune
Communications Company Computer Computers Confederation Conference Congress Consortium Constabulary
Convent Cooperation Cooperative Corp Corporation Corps Council Court Courts Cowboys Cubs Demons
Department Diocese Directorate Division Dolphins Dynamics Eagles Electric Electronics Energy
Ensemble Enterprise Enterprises Entertainment Exchange Executive Faculty Federation Films Fleet
Foods Force Forces Forum Foundation Front Fund Gas Gazette Giants GmbH Government Group Guard Guards
Guild Herald Holding Holdings Hospital Hotspur House Inc Industries Industry Initiative Institute
Institution Institutions Instruments Insurance Intelligence International Investments Journal Junta
Lab Laboratories Laboratory Labs Lakers League Legion Library Limited Lions LLC LLP Ltd Magazine
Magpies Media Militia Ministry Mission Monastery Mosque Motor Motors Movement Museum Navy Network
Networks News Newspaper Newspapers NV Observatory Office Oil Opera Orchestra Order Organisation
Organization Paper Parliament Partners Partnership Party Patrol Petroleum Pharmaceuticals Pirates
Platoon PLC Plc Police Post Power Press Productions Programme Publications Publishers Publishing
Quartet Radio Railroad Railway Railways Rangers Records Reds Regiment Registry Republicans Research
Resources Rovers SA Saints School Schools Secretariat Securities Security Semiconductor
Semiconductors Seminary Senate Service Services Society Software Solutions Sons Sox SpA Squad
Squadron Staff State Steel Store Stores Studio Studios Symphony Synagogue Systems Taskforce Team
Technologies Technology Telecom Telegraph Television Temple Theater Theatre Tigers Times Tribunal
Tribune Trio Troupe Trust Union Unions Unit United Universities University Ventures Wanderers Wing
Workers Yankees
Newswires Quarterly Weekly Digest Courier Observer Examiner Inquirer Sentinel Bulletin Dispatch FC
"""
)
PLACE_NOUNS = words_of(
    """
Airfield Airport Archipelago Arena Avenue Base Basin Bay Beach Bluff Borough Boulevard Bridge
Building Camp Canal Canyon Cape Castle Cave Caves Checkpoint City Coast Colony Corner Corners County
Cove Creek Crossing Dam Delta Desert Dike District Drive Estate Estuary Expressway Falls Farm Field
Fields Forest Fort Fountain Freeway Garden Gardens Gate Glacier Glen Gorge Governorate Grove Gulf
Hall Hamlet Harbor Harbour Heights Highlands Highway Hill Hills Hollow Hotel Island Islands Isle
Isles Jail Junction Kingdom Krai Lagoon Lake Lakes Lane Lighthouse Lodge Mall Manor Marina Market
Marsh Meadow Meadows Memorial Mill Mills Mine Monument Mount Mountain Mountains Mouth Municipality
Neighborhood Oasis Oblast Observatory Ocean Outpost Palace Parish Park Pass Path Peak Peninsula Pier
Pines Place Plain Plains Plant Plantation Plateau Plaza Point Pond Pool Port Prairie Prefecture
Prison Province Quarter Quay Raion Ranch Range Rapids Ravine Reef Refinery Region Republic
Reservation Reserve Reservoir Ridge River Rivers Road Rock Rocks Room Route Ruins Sea Shore Shores
Spring Springs Square Stadium Station Strait Straits Stream Street Strip Suburb Summit Swamp Terrace
Territories Territory Tower Towers Town Township Trail Tunnel Turnpike Vale Valley Villa Village
Volcano Ward Waters Way Woods Zone
"""
)
# Ends of names of works, happenings, products, prizes, laws.
OTHER_NOUNS = words_of(
    """
Accord Accords Act Acts Agreement Aircraft Airliner Album Amendment Anthem Award Awards Ballad
Battle Beta Bible Bill Blues Book Bowl Browser Buddhism Campaign Cartoon Catechism Catholicism
Census Ceremony Championship Championships Christianity Chronicle Chronicles Code Comedy Communism
Concert Concerto Constitution Contest Convention Crisis Cruiser Crusade Cup Day Days Declaration
Decree Derby Desktop Destroyer Dictionary Directive Doctrine Dream Dreamliner Edition Election
Elections Encyclopedia Engine Engines Era Eve Exhibition Expedition Fair Fascism Fashion Festival
Fever Fight Final Finals Fire Flight Flood Frigate Game Games Genocide Gospel Guide Hearing Hinduism
Holiday Holocaust Hour Hurricane Incident Index Inquiry Internet Intifada Invasion Islam Jet Jubilee
Judaism Koran Language Laptop Law Laws League Legend Liberation Linux Lottery Mac Macintosh Marathon
March Mark Marxism Massacre Match Medal Medals Memoir Mini Missile Model Mutiny Mystery Nano Nazism
Night Nights Novel Offensive Olympics Open Operating Operation Opus Pact Parade Paradise Party Peace
Phone Phones Pilot Plan Play Plot Plus Poll Prize Pro Program Project Projects Protestantism
Protocol Questions Quran Race Racing Rally Rebellion Reforms Renaissance Report Resolution
Restoration Review Revolt Revolution Rifle Riots Sacrament Saga Scripture Season Series Show Shuffle
Siege Socialism Software Sonata Song Songs Stakes Story Strategy Strike Submarine Suite Summit
Superjumbo Surge Survey System Tale Tales Talks Tank Test Testament Theorem Torah Touch Tour
Tournament Treaty Trial Trials Trophy Truck Uprising Version Virus War Wars Web Week Weekend Windows
Year Yearbook Years Zionism
"""
)
# Words that begin sentences and are no part of a name there.
STARTERS = words_of(
    """
A Aboard About Above According Across Added Additionally After Afterward Afterwards Again Against
Ago Ahead All Allegedly Almost Along Already Also Although Always Am Among An Analysts And
Announcing Another Anyone Apart Apparently Approximately Archaeologists Are Around As Aside Asked At
Authorities Away Back Bad Based Be Because Been Before Behind Being Below Besides Best Better
Between Beyond Big Born Both But By Called Can Can't Children Citing Come Congratulations Could
Critics Currently Dear Despite Did Didn't Do Does Doesn't Don't Down Dozens During Each Earlier
Early Eight Either Elsewhere Even Eventually Ever Every Everybody Everyone Everything Everywhere
Exactly Except Experts Few File Finally First Five Following For Former Fortunately Forward Founded
Four Fourth From Furthermore Generally Get Given Go Good Great Had Has Have Having He He's Hello
Hence Her Here Hey Hi His How However Hundreds I I'd I'll I'm I've If Image In Including Indeed
Initially Inside Instead Investigators Is Isn't It It's Its Just Known Last Late Later Latter
Leaders Less Let Let's Like Likewise Little Located Long Many May Maybe Meanwhile Members Men Mid
Might Millions More Moreover Most Much Must My Named Near Nearly Neither Never Nevertheless New Next
Nine No Nobody None Nonetheless Nor Not Nothing Now Of Off Officials Often Oh Ok Okay Old On Once
One Only Or Originally Other Others Otherwise Our Out Outside Over Overall People Per Perhaps Photo
Please Police Previously Protesters Q Quite Rather Read Rebels Recently Regards Related Reportedly
Reports Researchers Residents Roughly Scientists Second See Seven Several Shall She She's Short
Should Similarly Since Sincerely Six So Soldiers Some Someone Something Sometimes Sources Speaking
Still Students Subsequently Such Supporters Talks Ten Thank Thanks That That's The Their Then There
There's Thereafter Therefore These They They're Third This Those Though Thousands Three Through
Throughout Thus To Today Together Told Tomorrow Tonight Too Total Toward Towards Troops Two Under
Unfortunately Unlike Until Up Upon Using Usually Very Via Video Was Watch We We're We've Welcome
Well Were What Whatever When Whenever Where Wherever Whether Which While Who Whoever Whom Whose Why
Will With Within Without Witnesses Women Won't Workers Would Yes Yesterday Yet You You're Young Your
"""
)
CALENDAR = words_of(
    """
AD AM Apr April Aug August BC BCE BST CE CET Christmas Dec December Easter EDT EST Feb February Fri
Friday GMT Halloween Hanukkah Jan January Jul July Jun June Mar March May Mon Monday Nov November
Oct October Passover PDT PM PST Ramadan Sat Saturday Sep Sept September Sun Sunday Thanksgiving Thu
Thur Thurs Thursday Tue Tues Tuesday UTC Wed Wednesday
"""
)
# Other words that stand in names of bodies, works and things, and hardly in those of persons.
NO_PERSON = words_of(
    """
Action Advanced Advertisement Advisory Affairs Aid Air Airbus Alpha Also Ancient Android Animal
Annual Appeal Apple Applied Archive Archives Armed Art Arts Associated Atomic Attorney Autumn
Background Ballet Ballistic Banking Baseball Basic Basketball Beautiful Bible Bibliography Biography
Biology Bird Blind Blood Blue Body Bomb Bomber Border Boy Boys Bright British Broadway Broken
Brown's Budget Burning Bus Cable Calendar Cancer Capital Capitol Car Career Cars Cat Cell Central
Century Chapter Chemistry Chief Child Children Choice Christian Cinema Citizen Citizens Civic Civil
Civilization Class Classic Clean Climate Coal Coast Cold Combat Combined Comics Commercial Common
Commons Community Complex Conclusion Congressional Conservation Consumer Consumers Contact
Contemporary Content Contents Control Cookies Cool Copy Copyright Core Counter Country Creative
Credit Criminal Criminals Critical Cross Crown Crystal Cultural Culture Customers Cyber Daily Dance
Dancing Dark Data Dead Death Deep Defence Defense Democracy Democratic Democrats Design Deutsche
Developers Development Devil Digital Diplomatic Direct Dirty Disaster Discography Dog Dogs Domestic
Double Dragon Drug Dust Eagle Early Earth East Eastern Economic Economics Economy Education
Educational Eight Eighth Electric Elementary Emergency Emirates Empire Employment Empty Endangered
Endless Engineering Environment Environmental Equal Equality Ethics Euro Evangelical Events
Everything Evil Exclusive Executives External Extreme Eye Eyes Face Factory Fair Faith Fallen Family
Famous Fan Fast Fear Federal Female Fiction Fifth Fifty Fighter Figure Film Filmography Finance
Financial Fine Finger Fish Five Flag Flower Flying Folk Food Football Foreign Forever Forty Four
Fourth Free Freedom Friendly Frontier Frozen Full Future Galaxy General Genetic Geographic Ghost
Girl Girls Global Gold Golden Golf Good Grand Great Greater Green's Ground Growth Gun Guns Hand
Happy Hard Head Headquarters Health Heart Heaven Heavy Hell Heritage Hero Heroes Hidden High Higher
Highest Historic Historical History Hockey Holy Home Homeland Honor Horror Horse Hospitality Hot
Housing Human Humanitarian Hundred Imperial Independence Independent Indoor Industrial Infantry
Infinite Information Infrastructure Inner Inside Inspector Integrated Interim Interior Internal
Interstate Introduction Investors Invisible Iron Islamic Jazz Joint Judicial Junior Justice Kids
Kill Killer Killers Killing Kiss Labor Lady's Land Lands Languages Large Last Learning Left Legal
Legislative Liberty Life Light Lightning Lights Line Lines Links Literary Literature Little Live
Living Local Logic Logistics Lonely Long Lost Lotus Love Lower Lunar Machine Mad Magic Main Major
Male Management Manager Managers Manufacturing Marine Marines Maritime Market's Marketing Markets
Martial Mass Massive Master Masters Mathematics Medical Medicine Medieval Mega Men's Mental Metal
Metro Metropolitan Micro Middle Midnight Military Million Mind Mineral Miss Mobile Model's Modern
Monarchy Monetary Money Moon Moral Morning Mortal Mosul Mother's Motion Motorcycle Movie Multi Music
Musical Mutual Naked National Nationalist Nations Native Natural Nature Naval Nazi Neo Newsletter
Next Nine Ninth Nobel Normal North Northeast Northern Northwest Notes Nuclear Number Numbers Ocean's
Official Online Operations Operator Orange Original Outer Overview Owners Pacific Page Panel
Paranormal Parents Parliamentary Part Patriot Peaceful People's Peoples Perfect Performance Personal
Personnel Petty Philharmonic Philosophy Physical Physics Planet Plastic Platinum Poetry Policy
Political Politics Pop Popular Population Power's Powers Premier Presidential Prime Prince's
Princess's Privacy Private Pro Production Professional Progressive Property Psychology Public Punk
Pure Purple Queen's Quick Radical Rail Railway Rain Random Rapid Real Reality Rebel Red References
Regional Relations Relief Religion Religious Renewable Republicans Rescue Reserved Retail
Revolutionary Right Rights Ring Rise Rising Robot Rocket Rolling Rome's Royal Running Rural Sacred
Safe Safety Sand Satellite Saturn Science Sciences Scientific Scout Scouts Screaming Secondary
Secret Section See Select Self Senior Seven Seventh Sex Shadow Share Sharp's Ship Shipping Shopping
Silent Silver Singles Six Sixth Sixty Sky Sleeping Small Smart Social Socialist Soft Solar Solo Soul
Sound South Southeast Southern Southwest Sovereign Space Special Species Speed Spirit Sport Sporting
Sports Stage Star Stars State's States Statistics Steam Stock Stop Storm Strategic Studies Style Sub
Subscribe Summary Summer Sunrise Sunset Super Superior Supreme Sweet Swimming Syndicate Synthetic
Table Tactical Tax Teacher Teachers Technical Technologist Tele Ten Tennis Tenth Terms Terror
Terrorism Terrorist Theory Thing Things Thinking Third Thirty Three Thunder Time Top Total Toxic
Trade Traditional Training Trans Transit Transport Transportation Travel Treasury Tree Tribal Triple
Tropical Truth Twenty Twin Two Ultimate Ultra Under Underground Unified Unity Universal Universe
Unknown Unlimited Upper Urban Users Utilities Valve Vegetable Vehicle Vehicles Veterans Victims
Victory Video Violence Virtual Visual Vocational Voice Volume Voters Waiting Walking Wall Warfare
Warrior Warriors Water Wave Weapon Weapons Weather Web Welfare West Western Wheel White's Wicked
Wide Wild Wind Wine Winter Wireless Woman Women Women's Wonderful Wood's Word Words Work Workers
Works World World's Worldwide Yellow Youth Zero
"""
)
# With a single name after them these are a part of it: Pope Francis, Queen Elizabeth II.
REGAL = words_of(
    """
Czar Emperor Empress Kaiser King Lady Lord Mother Pope Prince Princess Queen Saint Shah St
Sultan Tsar
"""
)
SUFFIXES = frozenset(
    {
        "Jr",
        "Sr",
        "Jr.",
        "Sr.",
        "II",
        "III",
        "IV",
        "VI",
        "VII",
        "VIII",
        "IX",
        "XI",
        "XII",
        "XIII",
        "XIV",
        "XV",
        "XVI",
        "XXIII",
        "PhD",
        "Ph.D.",
        "MD",
        "M.D.",
        "QC",
        "MP",
    }
)
# Particles that stand within a name, in lower case or as written.
PARTICLES = (
    "von der|van der|van den|van de|von dem|von den|de la|de las|de los|de l'|della|dello|degli"
    "|dalla|da|das|dos|do|du|de|del|den|der|des|di|d'|el|al|la|le|las|los|ter|ten|te|tot|zu|zur|vom|von|van"
    "|bin|ibn|ben|bint|abu|abd|ould|e|y|af|av|ap|al-|el-"
)
SAID = words_of(
    """
added adds admitted argued argues asked asks believed believes claimed claims commented confirmed
declared denied died explained explains graduated herself himself insisted joked married noted notes
recalled replied resigned responded retired said says smiled stated stepped tells testified thanked
thinks thought told tweeted urged warned warns who whose writes wrote
"""
)
