"""Countries with their demonyms, capitals and other names. Our own compilation; no rules.

All members and observers of the United Nations, the parts of the United Kingdom and some
territories. A line is: name | what and who is of it | capital | further names and seats that
stand for it.
"""

from dataclasses import dataclass
from functools import cache

from store.ingest.extract.words import words_of

_TABLE = """
Afghanistan|Afghan,Afghans|Kabul
Albania|Albanian,Albanians|Tirana
Algeria|Algerian,Algerians|Algiers
Andorra|Andorran,Andorrans|Andorra la Vella
Angola|Angolan,Angolans|Luanda
Antigua and Barbuda|Antiguan,Antiguans|Saint John's|Antigua
Argentina|Argentine,Argentines,Argentinian,Argentinians|Buenos Aires
Armenia|Armenian,Armenians|Yerevan
Australia|Australian,Australians|Canberra
Austria|Austrian,Austrians|Vienna
Azerbaijan|Azerbaijani,Azerbaijanis,Azeri,Azeris|Baku
Bahamas|Bahamian,Bahamians|Nassau|The Bahamas
Bahrain|Bahraini,Bahrainis|Manama
Bangladesh|Bangladeshi,Bangladeshis|Dhaka
Barbados|Barbadian,Barbadians|Bridgetown
Belarus|Belarusian,Belarusians,Belarussian,Belarussians|Minsk|Byelorussia
Belgium|Belgian,Belgians|Brussels
Belize|Belizean,Belizeans|Belmopan
Benin|Beninese|Porto-Novo
Bhutan|Bhutanese|Thimphu
Bolivia|Bolivian,Bolivians|La Paz
Bosnia and Herzegovina|Bosnian,Bosnians|Sarajevo|Bosnia,Bosnia-Herzegovina
Botswana|Botswanan,Batswana|Gaborone
Brazil|Brazilian,Brazilians|Brasilia|Brasília
Brunei|Bruneian,Bruneians|Bandar Seri Begawan|Brunei Darussalam
Bulgaria|Bulgarian,Bulgarians|Sofia
Burkina Faso|Burkinabe|Ouagadougou
Burundi|Burundian,Burundians|Bujumbura|Gitega
Cambodia|Cambodian,Cambodians|Phnom Penh
Cameroon|Cameroonian,Cameroonians|Yaounde|Yaoundé
Canada|Canadian,Canadians|Ottawa
Cape Verde|Cape Verdean,Cape Verdeans|Praia|Cabo Verde
Central African Republic|Central African|Bangui
Chad|Chadian,Chadians|N'Djamena
Chile|Chilean,Chileans|Santiago
China|Chinese|Beijing|People's Republic of China,PRC,Peking
Colombia|Colombian,Colombians|Bogota|Bogotá
Comoros|Comorian,Comorians|Moroni
Congo|Congolese|Brazzaville|Republic of the Congo,Republic of Congo
Democratic Republic of the Congo|Congolese|Kinshasa|Democratic Republic of Congo,DRC,DR Congo,Zaire
Costa Rica|Costa Rican,Costa Ricans|San Jose
Croatia|Croatian,Croatians,Croat,Croats|Zagreb
Cuba|Cuban,Cubans|Havana
Cyprus|Cypriot,Cypriots|Nicosia
Czech Republic|Czech,Czechs|Prague|Czechia
Denmark|Danish,Dane,Danes|Copenhagen
Djibouti|Djiboutian,Djiboutians|Djibouti City
Dominica|Dominican|Roseau
Dominican Republic|Dominican,Dominicans|Santo Domingo
East Timor|Timorese|Dili|Timor-Leste
Ecuador|Ecuadorian,Ecuadorians,Ecuadorean|Quito
Egypt|Egyptian,Egyptians|Cairo
El Salvador|Salvadoran,Salvadorans,Salvadorean|San Salvador
Equatorial Guinea|Equatoguinean|Malabo
Eritrea|Eritrean,Eritreans|Asmara
Estonia|Estonian,Estonians|Tallinn
Eswatini|Swazi,Swazis|Mbabane|Swaziland
Ethiopia|Ethiopian,Ethiopians|Addis Ababa
Fiji|Fijian,Fijians|Suva
Finland|Finnish,Finn,Finns|Helsinki
France|French,Frenchman,Frenchwoman,Frenchmen|Paris|Elysee,Élysée
Gabon|Gabonese|Libreville
Gambia|Gambian,Gambians|Banjul|The Gambia
Georgia|Georgian,Georgians|Tbilisi
Germany|German,Germans|Berlin|West Germany,East Germany,Federal Republic of Germany
Ghana|Ghanaian,Ghanaians|Accra
Greece|Greek,Greeks|Athens
Grenada|Grenadian,Grenadians|St. George's
Guatemala|Guatemalan,Guatemalans|Guatemala City
Guinea|Guinean,Guineans|Conakry
Guinea-Bissau|Bissau-Guinean|Bissau
Guyana|Guyanese|Georgetown
Haiti|Haitian,Haitians|Port-au-Prince
Honduras|Honduran,Hondurans|Tegucigalpa
Hungary|Hungarian,Hungarians|Budapest
Iceland|Icelandic,Icelander,Icelanders|Reykjavik|Reykjavík
India|Indian,Indians|New Delhi|Delhi
Indonesia|Indonesian,Indonesians|Jakarta
Iran|Iranian,Iranians|Tehran|Teheran,Persia,Islamic Republic of Iran
Iraq|Iraqi,Iraqis|Baghdad
Ireland|Irish,Irishman,Irishmen|Dublin|Republic of Ireland
Israel|Israeli,Israelis|Jerusalem
Italy|Italian,Italians|Rome
Ivory Coast|Ivorian,Ivorians|Yamoussoukro|Côte d'Ivoire,Cote d'Ivoire
Jamaica|Jamaican,Jamaicans|Kingston
Japan|Japanese|Tokyo
Jordan|Jordanian,Jordanians|Amman
Kazakhstan|Kazakh,Kazakhs,Kazakhstani|Astana|Nur-Sultan,Kazakstan
Kenya|Kenyan,Kenyans|Nairobi
Kiribati|I-Kiribati|Tarawa
Kosovo|Kosovar,Kosovars,Kosovan|Pristina
Kuwait|Kuwaiti,Kuwaitis|Kuwait City
Kyrgyzstan|Kyrgyz|Bishkek
Laos|Lao,Laotian,Laotians|Vientiane
Latvia|Latvian,Latvians|Riga
Lebanon|Lebanese|Beirut
Lesotho|Basotho|Maseru
Liberia|Liberian,Liberians|Monrovia
Libya|Libyan,Libyans|Tripoli
Liechtenstein|Liechtensteiner|Vaduz
Lithuania|Lithuanian,Lithuanians|Vilnius
Luxembourg|Luxembourgish,Luxembourger|Luxembourg City
Madagascar|Malagasy|Antananarivo
Malawi|Malawian,Malawians|Lilongwe
Malaysia|Malaysian,Malaysians|Kuala Lumpur
Maldives|Maldivian,Maldivians|Malé
Mali|Malian,Malians|Bamako
Malta|Maltese|Valletta
Marshall Islands|Marshallese|Majuro
Mauritania|Mauritanian,Mauritanians|Nouakchott
Mauritius|Mauritian,Mauritians|Port Louis
Mexico|Mexican,Mexicans|Mexico City
Micronesia|Micronesian,Micronesians|Palikir
Moldova|Moldovan,Moldovans|Chisinau|Chișinău,Moldavia
Monaco|Monegasque|Monte Carlo
Mongolia|Mongolian,Mongolians|Ulaanbaatar|Ulan Bator
Montenegro|Montenegrin,Montenegrins|Podgorica
Morocco|Moroccan,Moroccans|Rabat
Mozambique|Mozambican,Mozambicans|Maputo
Myanmar|Burmese|Naypyidaw|Burma
Namibia|Namibian,Namibians|Windhoek
Nauru|Nauruan,Nauruans|Yaren
Nepal|Nepali,Nepalis,Nepalese|Kathmandu
Netherlands|Dutch,Dutchman,Dutchmen|Amsterdam|The Netherlands,Holland
New Zealand|New Zealander,New Zealanders|Wellington
Nicaragua|Nicaraguan,Nicaraguans|Managua
Niger|Nigerien,Nigeriens|Niamey
Nigeria|Nigerian,Nigerians|Abuja
North Korea|North Korean,North Koreans|Pyongyang|DPRK
North Macedonia|Macedonian,Macedonians|Skopje|Macedonia
Norway|Norwegian,Norwegians|Oslo
Oman|Omani,Omanis|Muscat
Pakistan|Pakistani,Pakistanis|Islamabad
Palau|Palauan,Palauans|Ngerulmud
Palestine|Palestinian,Palestinians|Ramallah|State of Palestine
Panama|Panamanian,Panamanians|Panama City
Papua New Guinea|Papua New Guinean|Port Moresby
Paraguay|Paraguayan,Paraguayans|Asuncion|Asunción
Peru|Peruvian,Peruvians|Lima
Philippines|Philippine,Filipino,Filipinos,Filipina|Manila|The Philippines
Poland|Polish,Pole,Poles|Warsaw
Portugal|Portuguese|Lisbon
Qatar|Qatari,Qataris|Doha
Romania|Romanian,Romanians|Bucharest
Russia|Russian,Russians|Moscow|Russian Federation,Kremlin
Rwanda|Rwandan,Rwandans|Kigali
Saint Kitts and Nevis|Kittitian|Basseterre
Saint Lucia|Saint Lucian|Castries
Saint Vincent and the Grenadines|Vincentian|Kingstown
Samoa|Samoan,Samoans|Apia
San Marino|Sammarinese|City of San Marino
Sao Tome and Principe|Santomean|São Tomé
Saudi Arabia|Saudi,Saudis,Saudi Arabian|Riyadh|Kingdom of Saudi Arabia
Senegal|Senegalese|Dakar
Serbia|Serbian,Serbians,Serb,Serbs|Belgrade
Seychelles|Seychellois|Victoria
Sierra Leone|Sierra Leonean,Sierra Leoneans|Freetown
Singapore|Singaporean,Singaporeans|Singapore
Slovakia|Slovak,Slovaks,Slovakian|Bratislava
Slovenia|Slovenian,Slovenians,Slovene,Slovenes|Ljubljana
Solomon Islands|Solomon Islander|Honiara
Somalia|Somali,Somalis,Somalian|Mogadishu
South Africa|South African,South Africans|Pretoria
South Korea|South Korean,South Koreans,Korean,Koreans|Seoul|Republic of Korea,Korea
South Sudan|South Sudanese|Juba
Spain|Spanish,Spaniard,Spaniards|Madrid
Sri Lanka|Sri Lankan,Sri Lankans|Colombo|Ceylon
Sudan|Sudanese|Khartoum
Suriname|Surinamese|Paramaribo
Sweden|Swedish,Swede,Swedes|Stockholm
Switzerland|Swiss|Bern
Syria|Syrian,Syrians|Damascus|Syrian Arab Republic
Taiwan|Taiwanese|Taipei|Republic of China
Tajikistan|Tajik,Tajiks|Dushanbe
Tanzania|Tanzanian,Tanzanians|Dodoma
Thailand|Thai,Thais|Bangkok|Siam
Togo|Togolese|Lome|Lomé
Tonga|Tongan,Tongans|Nuku'alofa
Trinidad and Tobago|Trinidadian,Trinidadians|Port of Spain|Trinidad
Tunisia|Tunisian,Tunisians|Tunis
Turkey|Turkish,Turk,Turks|Ankara|Türkiye,Turkiye
Turkmenistan|Turkmen,Turkmens|Ashgabat
Tuvalu|Tuvaluan,Tuvaluans|Funafuti
Uganda|Ugandan,Ugandans|Kampala
Ukraine|Ukrainian,Ukrainians|Kyiv|Kiev
United Arab Emirates|Emirati,Emiratis|Abu Dhabi|UAE,U.A.E.
United Kingdom|British,Briton,Britons,Brit,Brits|London|UK,U.K.,Britain,Great Britain
England|English,Englishman,Englishmen|London
Scotland|Scottish,Scot,Scots|Edinburgh
Wales|Welsh,Welshman,Welshmen|Cardiff
Northern Ireland|Northern Irish|Belfast
United States|American,Americans|Washington|US,U.S.,USA,U.S.A.,U.S,United States of America,America
Uruguay|Uruguayan,Uruguayans|Montevideo
Uzbekistan|Uzbek,Uzbeks|Tashkent
Vanuatu|Ni-Vanuatu|Port Vila
Vatican City|Vatican|Vatican City|Holy See,Vatican
Venezuela|Venezuelan,Venezuelans|Caracas
Vietnam|Vietnamese|Hanoi|South Vietnam,North Vietnam,Viet Nam
Yemen|Yemeni,Yemenis|Sanaa|Sana'a
Zambia|Zambian,Zambians|Lusaka
Zimbabwe|Zimbabwean,Zimbabweans|Harare|Rhodesia
Soviet Union|Soviet,Soviets|Moscow|USSR,U.S.S.R.
Yugoslavia|Yugoslav,Yugoslavs|Belgrade
Czechoslovakia|Czechoslovak,Czechoslovaks|Prague
Ottoman Empire|Ottoman,Ottomans|Constantinople
Prussia|Prussian,Prussians|Berlin
Puerto Rico|Puerto Rican,Puerto Ricans|San Juan
Greenland|Greenlandic|Nuuk
Hong Kong|Hongkonger,Hongkongers|Hong Kong
Macau|Macanese|Macau|Macao
Bermuda|Bermudian,Bermudians|Hamilton
"""

_PEOPLES = words_of(
    """
Aboriginal African Africans Alawite Alawites Allied Anglican Apache Arab Arabian Arabic Arabs Asian
Asians Axis Balkan Baltic Baptist Basque Basques Bavarian Bengali Berber Bolshevik Bolsheviks
Bosniak Bosniaks Buddhist Buddhists Byzantine Californian Catalan Catalans Catholic Catholics
Caucasian Celtic Central Chechen Chechens Cherokee Christian Christians Communist Communists
Confederate Confederates Conservative Conservatives Crimean Democrat Democratic Democrats Druze
Eastern Edwardian Elizabethan European Europeans Flemish Gaelic Hausa Hazara Hebrew Hindu Hindus
Hispanic Igbo Inuit Islamic Islamist Islamists Jew Jewish Jews Kurd Kurdish Kurds Latin Liberal
Liberals Libertarian Libertarians Londoner Lutheran Maori Marxist Methodist Mormon Mormons Muslim
Muslims Navajo Nazi Nazis Nordic Norman Normans Northern Orthodox Parisian Pashtun Pashtuns Peronist
Persian Persians Presbyterian Protestant Protestants Prussian Punjabi Republican Republicans Roman
Romans Sanskrit Saxon Saxons Scandinavian Shi'a Shia Shiite Shiites Sicilian Sikh Sikhs Sinhalese
Sioux Slav Slavic Slavs Socialist Socialists Southern Sunni Sunnis Taliban Tamil Tamils Tatar Tatars
Texan Texans Tibetan Tibetans Tories Tory Uighur Uyghur Venetian Victorian Viking Walloon Western
Westerners Yazidi Yazidis Yezidi Yoruba Zionist Zionists Zulu
"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country: its name, the words for what is of it, its capital, its other names."""

    name: str
    demonyms: tuple[str, ...]
    capital: str
    others: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """Return all countries of the table."""
    return tuple(_read(line) for line in _TABLE.strip().splitlines())


def _read(line: str) -> Country:
    name, demonyms, capital, *others = line.split("|")
    return Country(
        name=name,
        demonyms=tuple(demonyms.split(",")),
        capital=capital,
        others=tuple(others[0].split(",")) if others else (),
    )


@cache
def sides() -> dict[str, str]:
    """Return the name of the country for each of its names and demonyms."""
    found: dict[str, str] = {}
    for country in countries():
        for word in (country.name, *country.others, *country.demonyms):
            found.setdefault(word, country.name)
    return {**found, "European": "European Union", "EU": "European Union", "E.U.": "European Union"}


@cache
def demonyms() -> frozenset[str]:
    """Return all demonyms, and the like words for regions, peoples and faiths."""
    return frozenset(word for each in countries() for word in each.demonyms) | _PEOPLES
