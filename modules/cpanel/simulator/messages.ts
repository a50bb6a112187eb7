/**
 * The panel's refusals, in its own words and in Polish. The English ones are phrases of cPanel's public locale
 * repository with the punctuation it uses today; the Polish ones are ours, there to prove that no client rests on English.
 */

export type Locale = 'en' | 'pl';

const MESSAGES = {
  accessDenied: { en: 'Access denied', pl: 'Odmowa dostępu' },
  accountAbsent: { en: 'Account does not exist.', pl: 'Konto nie istnieje.' },
  accountLimit: { en: 'Reached account limit quota.', pl: 'Osiągnięto limit kont.' },
  accountNotYours: {
    en: 'You do not have access to an account named “{user}”.',
    pl: 'Nie masz dostępu do konta o nazwie „{user}”.',
  },
  autosslOff: {
    en: 'The user “{user}” does not have the AutoSSL feature enabled.',
    pl: 'Użytkownik „{user}” nie ma włączonej funkcji AutoSSL.',
  },
  databaseExists: {
    en: 'The MySQL database “{name}” already exists.',
    pl: 'Baza danych MySQL „{name}” już istnieje.',
  },
  databaseLimit: {
    en: 'You are using your maximum allotment ({limit}) of MariaDB/MySQL databases.',
    pl: 'Wykorzystujesz maksymalny przydział ({limit}) baz danych MariaDB/MySQL.',
  },
  databaseNotYours: {
    en: 'You do not control a MySQL database named “{name}”.',
    pl: 'Nie zarządzasz bazą danych MySQL o nazwie „{name}”.',
  },
  databaseUserExists: {
    en: 'The user “{name}” cannot be created because it already exists.',
    pl: 'Nie można utworzyć użytkownika „{name}”, ponieważ już istnieje.',
  },
  databaseUserNotYours: {
    en: 'You do not control a MySQL user named “{name}”.',
    pl: 'Nie zarządzasz użytkownikiem MySQL o nazwie „{name}”.',
  },
  diskFull: {
    en: 'The system failed to write to the file because of an error: Disk quota exceeded',
    pl: 'System nie mógł zapisać pliku z powodu błędu: Przekroczono limit miejsca na dysku',
  },
  dnsEntryExists: {
    en: 'A DNS entry for “{domain}” already exists. You must remove this DNS entry from this server or all servers in the DNS cluster to proceed.',
    pl: 'Wpis DNS dla „{domain}” już istnieje. Aby kontynuować, usuń go z tego serwera lub ze wszystkich serwerów klastra DNS.',
  },
  domainInUserdata: {
    en: 'The domain “{domain}” already exists in the userdata.',
    pl: 'Domena „{domain}” już istnieje w danych użytkowników.',
  },
  domainInUserdataOf: {
    en: 'The domain “{domain}” already exists in the userdata for the user “{user}”.',
    pl: 'Domena „{domain}” już istnieje w danych użytkownika „{user}”.',
  },
  domainInvalid: { en: 'Domain “{domain}” is not valid.', pl: 'Domena „{domain}” jest nieprawidłowa.' },
  domainMissing: {
    en: 'No domain was provided to create account.',
    pl: 'Nie podano domeny potrzebnej do utworzenia konta.',
  },
  domainParentOwned: {
    en: 'The domain “{domain}” may not be created by “{user}” because “{parent}” is already owned by another user.',
    pl: 'Użytkownik „{user}” nie może utworzyć domeny „{domain}”, ponieważ „{parent}” należy już do innego użytkownika.',
  },
  domainUnowned: {
    en: 'Unable to determine account owner for domain.',
    pl: 'Nie można ustalić właściciela konta dla domeny.',
  },
  emailInvalid: {
    en: 'Sorry, the supplied email address is not valid.',
    pl: 'Niestety podany adres e-mail jest nieprawidłowy.',
  },
  featureOff: {
    en: 'You do not have the feature “{feature}”.',
    pl: 'Nie masz funkcji „{feature}”.',
  },
  functionUnknown: {
    en: 'Unknown app (“{name}”) requested for this version ({version}) of the API.',
    pl: 'Zażądano nieznanej aplikacji („{name}”) dla tej wersji ({version}) interfejsu API.',
  },
  internal: {
    en: 'The request failed. (Error ID: {id}) Ask your hosting provider to research this error in cPanel & WHM’s main error log.',
    pl: 'Żądanie nie powiodło się. (Identyfikator błędu: {id}) Poproś dostawcę o sprawdzenie głównego dziennika błędów cPanel & WHM.',
  },
  ipPoolEmpty: {
    en: 'There are no IP addresses on this system that are available to assign to the account.',
    pl: 'W systemie nie ma wolnych adresów IP, które można przydzielić kontu.',
  },
  licenceFull: {
    en: 'Your system’s license allows up to {limit} users, but there are already {count} users.',
    pl: 'Licencja systemu obejmuje do {limit} użytkowników, a jest ich już {count}.',
  },
  locked: {
    en: 'Only resellers with the All privilege are allowed to unsuspend.',
    pl: 'Tylko sprzedawcy z pełnymi uprawnieniami mogą odwiesić konto.',
  },
  mailboxAbsent: { en: 'You do not have an email account named “{email}”.', pl: 'Nie masz konta e-mail „{email}”.' },
  mailboxExists: { en: 'The account {email} already exists!', pl: 'Konto {email} już istnieje!' },
  mailboxLimit: {
    en: 'You are using your maximum allotment ({limit}) of email accounts.',
    pl: 'Wykorzystujesz maksymalny przydział ({limit}) kont e-mail.',
  },
  notReseller: { en: 'Specified user is not a reseller.', pl: 'Podany użytkownik nie jest sprzedawcą.' },
  notSuspended: {
    en: 'The system failed to unsuspend the account. The user “{user}” is not in a suspended state.',
    pl: 'System nie odwiesił konta. Użytkownik „{user}” nie jest zawieszony.',
  },
  packageAbsent: { en: 'The package “{package}” does not exist.', pl: 'Pakiet „{package}” nie istnieje.' },
  packageExists: {
    en: 'The package “{package}” already exists. If you wish to make changes, please edit the package.',
    pl: 'Pakiet „{package}” już istnieje. Aby wprowadzić zmiany, edytuj pakiet.',
  },
  packageNotYours: {
    en: 'You do not have access to a package named “{package}”.',
    pl: 'Nie masz dostępu do pakietu o nazwie „{package}”.',
  },
  packageWrong: {
    en: 'Sorry, “{package}” is not a valid package name.',
    pl: 'Niestety „{package}” nie jest prawidłową nazwą pakietu.',
  },
  parameterMissing: { en: 'Provide the “{name}” argument.', pl: 'Podaj argument „{name}”.' },
  parameterInvalid: {
    en: 'The “{name}” parameter is invalid: {reason}.',
    pl: 'Parametr „{name}” jest nieprawidłowy: {reason}.',
  },
  passwordHasUsername: {
    en: 'Sorry, the password may not contain the username for security reasons.',
    pl: 'Ze względów bezpieczeństwa hasło nie może zawierać nazwy użytkownika.',
  },
  passwordShort: {
    en: 'Sorry, passwords must be at least 5 characters for security reasons.',
    pl: 'Ze względów bezpieczeństwa hasło musi mieć co najmniej 5 znaków.',
  },
  passwordSuspended: {
    en: 'Sorry, the user “{user}” is currently suspended. Changing the user’s password would unsuspend the account.',
    pl: 'Niestety użytkownik „{user}” jest obecnie zawieszony. Zmiana hasła spowodowałaby odwieszenie konta.',
  },
  passwordWeak: {
    en: 'Sorry, the password you selected cannot be used because it is too weak and would be too easy to guess. Please select a password with strength rating of {needed} or higher.',
    pl: 'Niestety wybrane hasło jest zbyt słabe i zbyt łatwe do odgadnięcia. Wybierz hasło o sile co najmniej {needed}.',
  },
  permissionDenied: { en: 'Permission denied', pl: 'Brak uprawnień' },
  prefixMissing: {
    en: 'The name “{name}” does not begin with the required prefix “{prefix}”.',
    pl: 'Nazwa „{name}” nie zaczyna się od wymaganego przedrostka „{prefix}”.',
  },
  nameTooLong: {
    en: 'The name “{name}” is longer than {limit} characters.',
    pl: 'Nazwa „{name}” jest dłuższa niż {limit} znaków.',
  },
  quotaUserInvalid: {
    en: 'Invalid user. Cannot set quota.',
    pl: 'Nieprawidłowy użytkownik. Nie można ustawić limitu.',
  },
  quotaFailed: { en: 'Failed to set quota for user.', pl: 'Nie udało się ustawić limitu użytkownika.' },
  removeAbsent: { en: 'System user {user} does not exist!', pl: 'Użytkownik systemowy {user} nie istnieje!' },
  removeFailed: {
    en: 'The system failed to remove the userdata of “{user}”.',
    pl: 'System nie usunął danych użytkownika „{user}”.',
  },
  sessionAbsent: {
    en: 'You cannot create a session for the user “{user}” because they do not exist.',
    pl: 'Nie można utworzyć sesji dla użytkownika „{user}”, ponieważ nie istnieje.',
  },
  sessionDenied: {
    en: 'You do not have permission to create sessions for the user “{user}”.',
    pl: 'Nie masz uprawnień do tworzenia sesji dla użytkownika „{user}”.',
  },
  sessionNotReseller: {
    en: 'You cannot create a “whostmgrd” session for the user “{user}” because they are not a reseller.',
    pl: 'Nie można utworzyć sesji „whostmgrd” dla użytkownika „{user}”, ponieważ nie jest sprzedawcą.',
  },
  sessionService: {
    en: 'The “service” parameter is invalid. The only supported services for this API call are “cpaneld”, “webmaild”, and “whostmgrd”.',
    pl: 'Parametr „service” jest nieprawidłowy. Obsługiwane usługi to „cpaneld”, „webmaild” i „whostmgrd”.',
  },
  sessionSuspended: {
    en: 'You cannot create a session for the user “{user}” because they are currently suspended.',
    pl: 'Nie można utworzyć sesji dla użytkownika „{user}”, ponieważ jest obecnie zawieszony.',
  },
  summaryUnspecified: {
    en: 'You must specify a user or domain to get a summary of',
    pl: 'Podaj użytkownika lub domenę, których podsumowanie ma zostać wyświetlone',
  },
  suspendAbsent: {
    en: '_suspendacct called for a user that does not exist. ({user})',
    pl: 'Wywołano _suspendacct dla nieistniejącego użytkownika. ({user})',
  },
  tokenExists: {
    en: 'An API token with the name “{name}” already exists.',
    pl: 'Token API o nazwie „{name}” już istnieje.',
  },
  tokenAbsent: { en: 'No API token with the name “{name}” exists.', pl: 'Token API o nazwie „{name}” nie istnieje.' },
  uapiFunctionUnknown: {
    en: 'The UAPI module “{module}” does not have a function named “{name}”.',
    pl: 'Moduł UAPI „{module}” nie ma funkcji o nazwie „{name}”.',
  },
  uapiModuleUnknown: { en: 'Failed to load module “{module}”.', pl: 'Nie udało się wczytać modułu „{module}”.' },
  unsuspendAbsent: {
    en: '_unsuspendacct called for a user that does not exist. ({user})',
    pl: 'Wywołano _unsuspendacct dla nieistniejącego użytkownika. ({user})',
  },
  userAbsent: { en: 'Sorry, the user “{user}” does not exist.', pl: 'Niestety użytkownik „{user}” nie istnieje.' },
  userFileAbsent: {
    en: 'Unable to fetch the cPanel user file for {user}',
    pl: 'Nie można pobrać pliku użytkownika cPanel dla {user}',
  },
  usernameDatabaseOwner: {
    en: 'This system already has a database owner named “{user}”.',
    pl: 'W tym systemie istnieje już właściciel baz danych „{user}”.',
  },
  usernameDigit: { en: 'A username cannot start with a number.', pl: 'Nazwa użytkownika nie może zaczynać się cyfrą.' },
  usernameEmpty: { en: 'A username cannot be empty.', pl: 'Nazwa użytkownika nie może być pusta.' },
  usernameFirstEight: {
    en: 'The name of another account on this server has the same initial 8 characters as the given username ({user}). Each username’s first 8 characters must be unique.',
    pl: 'Inne konto na tym serwerze ma te same pierwsze 8 znaków nazwy co „{user}”. Pierwsze 8 znaków musi być niepowtarzalne.',
  },
  usernameGroup: {
    en: 'This system already has a group named “{user}”.',
    pl: 'W tym systemie istnieje już grupa o nazwie „{user}”.',
  },
  usernameLetters: {
    en: 'A username must only contain lowercase alphanumeric characters.',
    pl: 'Nazwa użytkownika może zawierać tylko małe litery i cyfry.',
  },
  usernameLong: {
    en: 'A username cannot be longer than {limit} characters.',
    pl: 'Nazwa użytkownika nie może być dłuższa niż {limit} znaków.',
  },
  usernameMissing: {
    en: 'No username was provided to create account.',
    pl: 'Nie podano nazwy użytkownika potrzebnej do utworzenia konta.',
  },
  usernameReserved: {
    en: '“{user}” is a reserved username on this system.',
    pl: '„{user}” to nazwa użytkownika zastrzeżona w tym systemie.',
  },
  usernameSpaces: {
    en: 'A username cannot contain spaces.',
    pl: 'Nazwa użytkownika nie może zawierać spacji.',
  },
  usernameTaken: {
    en: 'This system already has an account named “{user}”.',
    pl: 'W tym systemie istnieje już konto o nazwie „{user}”.',
  },
  zoneAbsent: { en: 'Zone does not exist.', pl: 'Strefa nie istnieje.' },
  zoneLineAbsent: {
    en: 'No record exists at line {line} in the “{zone}” DNS zone.',
    pl: 'W wierszu {line} strefy DNS „{zone}” nie ma rekordu.',
  },
  zoneMainDomain: {
    en: 'Unable to remove the zone of the main domain of an account.',
    pl: 'Nie można usunąć strefy domeny głównej konta.',
  },
  zoneNotYours: {
    en: 'You do not control a DNS zone named “{zone}”.',
    pl: 'Nie zarządzasz strefą DNS o nazwie „{zone}”.',
  },
  zoneRemoveAbsent: {
    en: 'Unable to remove zone that does not exist.',
    pl: 'Nie można usunąć strefy, która nie istnieje.',
  },
  zoneSerial: {
    en: 'The given serial number ({given}) does not match the DNS zone’s serial number ({serial}). Refresh your view of the DNS zone, then resubmit.',
    pl: 'Podany numer seryjny ({given}) nie odpowiada numerowi seryjnemu strefy DNS ({serial}). Odśwież widok strefy i wyślij ponownie.',
  },
} satisfies Record<string, Record<Locale, string>>;

export type MessageName = keyof typeof MESSAGES;

/** The panel says no; nothing was done unless the fault that made it say so did it. */
export class PanelRefusal extends Error {
  readonly messageName: MessageName;
  readonly values: Record<string, string | number>;

  constructor(messageName: MessageName, values: Record<string, string | number> = {}) {
    super(messageName);
    this.name = 'PanelRefusal';
    this.messageName = messageName;
    this.values = values;
  }

  in(locale: Locale): string {
    return MESSAGES[this.messageName][locale].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      String(this.values[name] ?? ''),
    );
  }
}

/** @throws PanelRefusal always. */
export function refuse(messageName: MessageName, values?: Record<string, string | number>): never {
  throw new PanelRefusal(messageName, values);
}
