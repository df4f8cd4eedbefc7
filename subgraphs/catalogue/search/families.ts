/**
 * Words of one family that no rule on endings brings together: French verbs whose nouns go back to Latin. Each line
 * is a family; any two words of it share a root.
 */
export const IRREGULAR_FAMILIES = `
gérer gestion gestionnaire
vendre vente
conduire conduite conducteur
protéger protection protecteur
recevoir réception réceptionniste
rédiger rédaction rédacteur rédactionnel
diriger direction directeur
lire lecture lecteur
prévenir prévention
entretenir entretien
maintenir maintenance maintien
soigner soin soignant
peindre peinture
cuire cuisson
concevoir conception concepteur
percevoir perception
élire élection
construire construction constructeur
produire production producteur
traduire traduction traducteur
réduire réduction
introduire introduction
détruire destruction
instruire instruction instructeur
corriger correction correcteur
résoudre résolution
inscrire inscription
décrire description
prescrire prescription
répondre réponse
défendre défense
apprendre apprentissage apprenti
comprendre compréhension
entreprendre entreprise entrepreneur entrepreneuriat entrepreneurial
choisir choix
connaître connaissance
accroître croissance
réagir réaction réactivité réactif
transmettre transmission
admettre admission
émettre émission
convaincre conviction
exclure exclusion
inclure inclusion inclusif
conclure conclusion
décider décision décideur
secourir secours secouriste
parler parole
prévoir prévision
suivre suivi
coudre couture couturier
tondre tonte
semer semis semence
fondre fonderie fonte
nourrir nourriture
analyser analyse analyste
secrétaire secrétariat
bâtir bâtiment
employer emploi
payer paie paiement
jouer jeu
créer création créatif créativité créateur
encaisser encaissement caisse caissier
coopérer coopération coopératif
tuteur tutorat tutorer
moniteur monitorat
ménage ménager
innover innovation
évoluer évolution
intervenir intervention intervenant
contribuer contribution
distribuer distribution
attribuer attribution
acquérir acquisition acquis
requérir requête
enquêter enquête
nager natation
mouvoir mouvement motricité
voyager voyage
santé sanitaire
rigueur rigoureux
vigueur vigoureux
chaleur chaleureux
douleur douloureux
mer maritime
eau hydraulique aquatique
ville urbain urbanisme
enfant enfance
œil oculaire ophtalmique
`;
