"""Large cities, regions and bodies that the news names without a cue. Our own compilation.

Names of more than one word stand one on a line or between commas. Holds no rules; countries
stand in names_countries.py.
"""

from functools import cache

from store.ingest.extract.names_countries import countries

_CITIES = """
Aberdeen,Abidjan,Adelaide,Aden,Agra,Ahmedabad,Albuquerque,Aleppo,Alexandria,Almaty,Amritsar,
Anchorage,Ann Arbor,Antwerp,Antioch,Atlanta,Auckland,Austin,Baltimore,Bangalore,Barcelona,Bari,
Basel,Basra,Bath,Belo Horizonte,Bengaluru,Benghazi,Bergen,Bethlehem,Birmingham,Bologna,Bombay,
Bonn,Bordeaux,Boston,Bradford,Bremen,Brest,Brisbane,Bristol,Bruges,Buffalo,Calais,Calcutta,Calgary,
Cali,Cambridge,Cannes,Cape Town,Casablanca,Charlotte,Chelyabinsk,Chengdu,Chennai,Chicago,
Chittagong,Chongqing,Christchurch,Cincinnati,Cleveland,Cologne,Columbus,Constantinople,Cordoba,
Cork,Coventry,Cracow,Dallas,Danzig,Dar es Salaam,Davos,Denver,Derby,Detroit,Dhaka,Dijon,Dnipro,
Donetsk,Dortmund,Dover,Dresden,Dubai,Dundee,Dunkirk,Durban,Durham,Düsseldorf,Dusseldorf,
Edmonton,El Paso,Erbil,Essen,Exeter,Fallujah,Florence,Fort Worth,Frankfurt,Freiburg,Fukuoka,
Fukushima,Gaza,Gaza City,Gdansk,Geneva,Genoa,Ghent,Glasgow,Gothenburg,Granada,Graz,Grozny,
Guadalajara,Guangzhou,Haifa,Halifax,Hamburg,Hannover,Hanover,Harbin,Hebron,Herat,Hiroshima,
Ho Chi Minh City,Hobart,Homs,Honolulu,Houston,Hyderabad,Idlib,Indianapolis,Innsbruck,Irkutsk,
Isfahan,Istanbul,Izmir,Jaffa,Jeddah,Jaipur,Johannesburg,Kabul,Kandahar,Kansas City,Karachi,Karbala,
Kazan,Kharkiv,Kharkov,Kherson,Kirkuk,Kobe,Kolkata,Krakow,Kunming,Kyoto,Lagos,Lahore,Las Vegas,
Latakia,Leeds,Leicester,Leipzig,Leningrad,Lille,Lincoln,Linz,Liverpool,Lodz,Long Beach,
Los Angeles,Louisville,Lucknow,Luhansk,Lugansk,Lviv,Lyon,Lyons,Maastricht,Madras,Malmö,Manchester,
Mandalay,Mannheim,Marrakesh,Marseille,Marseilles,Mariupol,Mecca,Medellin,Medina,Melbourne,Memphis,
Miami,Milan,Milwaukee,Minneapolis,Mombasa,Monterrey,Montreal,Mosul,Multan,Mumbai,Munich,Murmansk,
Nagasaki,Nagoya,Najaf,Nanjing,Nantes,Naples,Nashville,Newark,Newcastle,New Orleans,New York,
New York City,Nice,Norfolk,Norwich,Nottingham,Nuremberg,Oakland,Odessa,Odesa,Oklahoma City,
Omaha,Orlando,Osaka,Oxford,Palermo,Palmyra,Perth,Peshawar,Philadelphia,Phoenix,Pisa,Pittsburgh,
Plymouth,Portland,Porto,Portsmouth,Potsdam,Poznan,Pune,Quebec City,Raleigh,Rangoon,Raqqa,Ramadi,
Rio de Janeiro,Rio,Richmond,Rochester,Rostov,Rotterdam,Sacramento,Saigon,Salt Lake City,Salzburg,
Samara,San Antonio,San Diego,San Francisco,San Jose,Santa Barbara,Santa Fe,Santa Monica,
Sao Paulo,São Paulo,Sapporo,Savannah,Seattle,Sevastopol,Seville,Shanghai,Sheffield,Shenzhen,Shiraz,
Sinjar,Smolensk,Southampton,Spokane,Stalingrad,Stavanger,St. Louis,St. Paul,St. Petersburg,
St Petersburg,Saint Petersburg,Strasbourg,Stuttgart,Swansea,Sydney,Syracuse,Tabriz,Tacoma,Tampa,
Tel Aviv,The Hague,Tianjin,Tikrit,Toledo,Toronto,Toulouse,Trieste,Tucson,Tulsa,Turin,Utrecht,
Valencia,Vancouver,Venice,Verona,Versailles,Vladivostok,Volgograd,Waterloo,Winnipeg,Wroclaw,Wuhan,
Xi'an,Yalta,Yangon,Yokohama,York,Zaporizhzhia,Zurich,Zürich,Washington D.C.,Washington DC,
Abu Ghraib,Hollywood,Brooklyn,Manhattan,Queens,Bronx,Harlem,Westminster,Cupertino,Silicon Valley
"""
_REGIONS = """
Africa,Antarctica,Asia,Europe,Oceania,North America,South America,Latin America,Central America,
Central Asia,Southeast Asia,South Asia,East Asia,Eastern Europe,Western Europe,Central Europe,
Middle East,Near East,Far East,West Africa,East Africa,North Africa,Southern Africa,Sahel,Sahara,
Caucasus,North Caucasus,South Caucasus,Balkans,Baltics,Scandinavia,Caribbean,Mediterranean,
Black Sea,Baltic Sea,Red Sea,North Sea,Dead Sea,Caspian Sea,Sea of Azov,South China Sea,
Persian Gulf,Gulf of Mexico,Atlantic,Pacific,Arctic,Atlantic Ocean,Pacific Ocean,Indian Ocean,
Arctic Ocean,English Channel,Alps,Himalayas,Andes,Rockies,Pyrenees,Urals,Siberia,Crimea,Donbas,
Donbass,Chechnya,Dagestan,Abkhazia,South Ossetia,Transnistria,Nagorno-Karabakh,Kaliningrad,
Catalonia,Andalusia,Galicia,Brittany,Normandy,Burgundy,Provence,Alsace,Lorraine,Bavaria,Saxony,
Hesse,Westphalia,Tuscany,Lombardy,Sicily,Sardinia,Corsica,Crete,Flanders,Wallonia,Ulster,Cornwall,
Devon,Kent,Essex,Sussex,Surrey,Yorkshire,Lancashire,Cumbria,Hampshire,Dorset,Somerset,Wiltshire,
Gloucestershire,Oxfordshire,Cambridgeshire,Hertfordshire,Derbyshire,Nottinghamshire,Lincolnshire,
Leicestershire,Northumberland,Cheshire,Shropshire,Staffordshire,Warwickshire,Worcestershire,Suffolk,
Kashmir,Punjab,Bengal,Sindh,Kerala,Assam,Gujarat,Rajasthan,Tamil Nadu,Karnataka,Maharashtra,Goa,
Balochistan,Tibet,Xinjiang,Manchuria,Guangdong,Sichuan,Okinawa,Hokkaido,Java,Sumatra,Bali,Borneo,
Aceh,Mindanao,Luzon,Tasmania,Queensland,New South Wales,Western Australia,South Australia,
Northern Territory,Ontario,Quebec,Manitoba,Saskatchewan,Nova Scotia,New Brunswick,Newfoundland,
British Columbia,Yukon,Kurdistan,Iraqi Kurdistan,Anbar,Nineveh,Golan Heights,West Bank,Gaza Strip,
Sinai,Mesopotamia,Palestine,Darfur,Tigray,Katanga,Kivu,Transvaal,Natal,Zanzibar,Patagonia,Amazon,
Alabama,Alaska,Arizona,Arkansas,California,Colorado,Connecticut,Delaware,Florida,Hawaii,Idaho,
Illinois,Indiana,Iowa,Kansas,Kentucky,Louisiana,Maine,Maryland,Massachusetts,Michigan,Minnesota,
Mississippi,Missouri,Montana,Nebraska,Nevada,New Hampshire,New Jersey,New Mexico,North Carolina,
North Dakota,Ohio,Oklahoma,Oregon,Pennsylvania,Rhode Island,South Carolina,South Dakota,
Tennessee,Texas,Utah,Vermont,Virginia,West Virginia,Wisconsin,Wyoming,District of Columbia,
New England,Midwest,Long Island,Guam,Gibraltar,Falkland Islands,Faroe Islands,Canary Islands,
Guantanamo Bay,Thames,Danube,Rhine,Nile,Euphrates,Tigris,Volga,Seine,Ganges,Mount Everest,
Pearl Harbor,
Wall Street,Downing Street,Red Square,Tiananmen Square,Times Square,Capitol Hill,Euphrates River
"""
_BODIES = """
NATO,United Nations,UN,U.N.,European Union,EU,E.U.,OSCE,OPEC,ASEAN,African Union,Arab League,
Commonwealth,World Bank,International Monetary Fund,IMF,WTO,World Trade Organization,WHO,UNESCO,
UNICEF,UNHCR,IAEA,Interpol,Europol,Red Cross,Red Crescent,Amnesty International,
Human Rights Watch,Greenpeace,Oxfam,Hezbollah,Hizbollah,Hamas,Taliban,Al-Qaeda,al-Qaeda,al Qaeda,
Al Qaeda,al-Qaida,Islamic State,ISIS,ISIL,Daesh,IRA,PKK,ETA,FARC,Boko Haram,al-Shabab,Al-Shabaab,
Congress,Senate,House of Representatives,House of Commons,House of Lords,Parliament,Pentagon,
White House,Whitehall,State Department,FBI,CIA,NSA,FDA,FAA,NASA,MI5,MI6,KGB,FSB,GRU,Mossad,
Bundestag,Bundeswehr,Duma,State Duma,Knesset,Kremlin,Supreme Court,Federal Reserve,Wehrmacht,
Luftwaffe,Gestapo,Red Army,Royal Navy,Royal Air Force,RAF,US Army,U.S. Army,U.S. Navy,US Navy,
BBC,CNN,CBS,NBC,ABC,PBS,NPR,MTV,HBO,ESPN,Reuters,Associated Press,AP,AFP,Bloomberg,Interfax,
TASS,Tass,Xinhua,Al Jazeera,Guardian,New York Times,Washington Post,Wall Street Journal,
Financial Times,Google,Microsoft,Apple,Facebook,Twitter,Amazon,IBM,Intel,Nokia,Sony,Samsung,Toyota,
Honda,Nissan,Volkswagen,BMW,Siemens,Boeing,Airbus,Gazprom,Rosneft,Shell,BP,Exxon,Chevron,Disney,
Walmart,Netflix,YouTube,Wikipedia,Labour,Labour Party,Conservative Party,Democratic Party,
Republican Party,Likud,Fatah,Warsaw Pact,League of Nations,Commonwealth of Nations,G7,G8,G20,
European Commission,European Parliament,European Central Bank,Security Council,CENTCOM,
Lockheed Martin,Lockheed,Northrop Grumman,Raytheon,General Dynamics,BAE Systems,Rolls-Royce,
Goldman Sachs,Morgan Stanley,JP Morgan,J.P. Morgan,J. P. Morgan,Dean Witter,Smith Barney,
PaineWebber,Morgan Grenfell,James Capel,Robert Fleming,Schroders,JPMorgan Chase,Merrill Lynch,
Lehman Brothers,Barclays,
Deutsche Bank,Credit Suisse,Ernst & Young,Procter & Gamble,Johnson & Johnson,Hewlett-Packard,
Hewlett Packard,Dow Jones,Harley-Davidson,Thomson Reuters,Charles Schwab,Marks & Spencer,Cisco,
General Motors,General Electric,Ford Motor Company,Daimler,Chrysler,Philip Morris,Wells Fargo,
McDonnell Douglas,Louis Vuitton,Tommy Hilfiger,Estee Lauder,Eli Lilly,Arthur Andersen,Baker Hughes,
Bayer Leverkusen,Celta Vigo,Manchester United,Real Madrid,Aston Villa,Warner Bros,
Rolling Stone,Rolling Stones,Dell,Oracle
"""


def _entries(table: str) -> frozenset[str]:
    return frozenset(entry for entry in table.replace("\n", "").split(",") if entry)


@cache
def places() -> frozenset[str]:
    """Return the names of countries, capitals, large cities and regions."""
    named = {
        name for country in countries() for name in (country.name, country.capital, *country.others)
    }
    return frozenset(named) - {"Vatican", "Kremlin"} | _entries(_CITIES) | _entries(_REGIONS)


@cache
def bodies() -> frozenset[str]:
    """Return the names of well-known bodies: organisations, alliances, houses, companies."""
    return _entries(_BODIES)
