/**
 * The commonest small words of languages in Latin script, and some that prompts are full of. Words
 * that several languages share count for each of them, but less.
 */
export const LANGUAGE_WORDS = {
	en: 'a the of and to in is that it for you was with on as have be are this not but by from or at an they which we can will would there their what how why who when where your my me do does did has had if please write about into than then its should could list following text answer question give make find hello thanks explain summarize translate extract per many much according used must that these those following',
	de: 'der die das und ist in den von zu mit sich des auf für nicht ein eine einen einem einer dem im als auch es an werden aus er hat dass sie nach wird bei ich du wir ihr wie was wer wo warum wenn oder aber kann sind war über noch nur bitte schreibe schreib erkläre gib mir mich uns dir folgenden text zusammen kurz keine mein meine deine sehr hallo danke heute soll möchte welche',
	fr: 'a le la les de des du un une et est en que qui dans pour pas sur plus par avec ce cette il elle je tu nous vous ils ne se au aux son sa ses mon ma mes ton votre vos leur être sont ont fait comme mais ou où quel quelle quels comment pourquoi quand combien peut peux moi bonjour merci écris écrivez texte suivant suivante résume résumez donne donnez si très aussi cela ça voudrais était',
	es: 'a el la los las de del un una unos y es en que por para con no se su sus lo al como más pero este esta estos ese eso son está están fue ha hay muy mi mis tu tus me te le les nos yo usted qué cómo cuál quién dónde cuándo por cuánto puede puedes ser hacer escribe texto siguiente resume gracias hola dame sobre también ya sin o explica cuántos cuántas cuáles tiene tienen quiero necesito',
	it: 'il lo la i gli le di del della dei delle un uno una e è in che per con non si su come più ma questo questa questi sono ha hanno anche da dal dalla al alla nel nella mi ti ci vi io tu lui lei noi voi loro cosa chi dove quando perché quanto quale può puoi essere fare scrivi testo seguente riassumi grazie ciao dammi spiega molto se suo sua tra fra qual vorrei',
	pt: 'o a os as de do da dos das um uma e é em no na nos nas que por para com não se seu sua ao à como mais mas este esta isso são foi tem há muito meu minha eu tu você nós eles ele ela qual quem onde quando quanto pode posso ser fazer escreva texto seguinte resuma obrigado obrigada olá me dê sobre também já sem ou explique pelo pela está porque quais',
	nl: 'de het een en van is in dat op te zijn met voor niet aan er om ook als dan maar bij of uit door naar over hij zij ze wij we je jij ik mijn jouw uw deze dit die wat wie waar waarom hoe wanneer welke kan kunt worden wordt heeft hebben was nog meer geen al schrijf tekst volgende vat samen geef mij alsjeblieft bedankt hallo leg uit',
	sv: 'och att det är som en ett på av för med den till inte har om var jag du vi ni de han hon kan ska från eller men så vad hur varför när vem vilken vilka min din sin denna detta dessa skriv text följande ge mig tack hej förklara sammanfatta också finns bara mycket',
	da: 'og at det er som en et på af for med den til ikke har om var jeg du vi de han hun kan skal fra eller men så hvad hvordan hvorfor hvornår hvem hvilken hvilke min din sin denne dette disse skriv tekst følgende giv mig tak hej forklar også findes kun meget være blev',
	no: 'og å at det er som en et på av for med den til ikke har om var jeg du vi de han hun kan skal fra eller men så hva hvordan hvorfor når hvem hvilken hvilke min din sin denne dette disse skriv tekst følgende gi meg takk hei forklar også finnes bare mye være ble',
	fi: 'ja on ei että se hän minä sinä me te he ovat oli mutta tai kun jos niin myös kuin mitä mikä kuka missä miksi miten milloin voi voit tämä tämän nämä joka jotka ole olla kirjoita teksti seuraava anna minulle kiitos hei selitä tiivistä hyvin vain nyt vielä',
	pl: 'i w na z do nie się że to jest o jak ale za po od przez dla są był być co kto gdzie kiedy dlaczego który która które czy może można tak już tylko lub oraz ten ta te tego mi mnie mój moja ty ja my wy oni napisz tekst następujący podaj dziękuję cześć proszę wyjaśnij streść bardzo jego',
	cs: 'a v na se je že to s z do o i jak ale za po od pro jsou byl být co kdo kde kdy proč který která které jestli může tak už jen nebo ten ta tento tato mi mě můj moje ty já my vy oni napiš text následující dej děkuji ahoj prosím vysvětli shrň velmi jeho není jaký jaká jaké mezi chci potřebuji',
	tr: 've bir bu da de için ile ne çok gibi daha olan olarak mi mı mu var yok ben sen biz siz o onlar ama veya en nasıl neden kim nerede hangi kaç her şu kadar sonra bana benim yaz metin aşağıdaki ver teşekkürler merhaba lütfen açıkla özetle değil olduğu',
	ro: 'și în de la cu pe este că nu un o care pentru din mai sunt a fost se ca dar sau ce cine unde când cum cât poate această acest mea meu eu tu noi voi ei îmi scrie text următorul următoarea dă mulțumesc bună rog explică rezumă foarte lui prin fi',
	hu: 'a az és hogy nem is egy ez van de meg csak vagy mint ha már még volt lesz mi ki hol mikor miért hogyan melyik én te mi ti ők ezt azt nekem írj szöveg következő adj köszönöm szia kérlek magyarázd nagyon mert lehet kell',
	id: 'yang dan di ke dari ini itu untuk dengan tidak adalah dalam pada akan saya anda kami kita mereka dia ada atau juga bisa dapat apa siapa mana mengapa bagaimana kapan berapa sudah belum lebih seperti karena oleh tolong tulis teks berikut berikan terima kasih halo jelaskan ringkas sebuah',
	vi: 'và của là có không được cho trong một các với này đã người những để khi từ như về tôi bạn chúng ta họ ở ra vào sẽ nào gì ai đâu sao thế hãy viết văn bản sau cảm ơn xin chào giải thích tóm tắt rất cũng hay',
} as const;

export type LatinLanguage = keyof typeof LANGUAGE_WORDS;

/** Letters that hardly any other of these languages writes. */
export const TELLING_LETTERS: ReadonlyArray<readonly [string, readonly LatinLanguage[]]> = [
	['ß', ['de']],
	['ñ¿¡', ['es']],
	['ãõ', ['pt']],
	['œêèùû', ['fr']],
	['łżźśćńąę', ['pl']],
	['řěů', ['cs']],
	['ğış', ['tr']],
	['őű', ['hu']],
	['șțşţă', ['ro']],
	['ơưđạảấầẩậắặẹẻẽếềểễệịọỏốồổộớờởợụủứừửữựỳỵỷỹ', ['vi']],
	['å', ['sv', 'da', 'no']],
	['øæ', ['da', 'no']],
	['äö', ['de', 'sv', 'fi']],
	['ì', ['it']],
];
