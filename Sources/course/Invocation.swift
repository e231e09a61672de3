/// What the command line asks for.
struct Invocation: Equatable {
  enum Command: String, CaseIterable {
    case board, next, check, hint, reset, chapters, grade
    case studentTree = "student-tree"
  }

  var command = Command.board
  /// The words after the command: ids, chapters, a folder.
  var words: [String] = []
  var isJSON = false
  /// `--yes`: reset without asking.
  var isYes = false
  /// `--tier N`.
  var tier: Int?
  /// `--csv FILE`.
  var csv: String?
  /// `--chapter N`, any number of times.
  var chapters: [Int] = []
  var isHelp = false

  /// Reads the arguments after the program's name.
  init(_ arguments: [String]) throws(Complaint) {
    var rest = arguments[...]
    if let first = rest.first, !first.hasPrefix("-") {
      guard let command = Command(rawValue: first) else {
        throw .usage(
          "there is no command \"\(first)\"", near(first, Command.allCases.map(\.rawValue)))
      }
      self.command = command
      rest.removeFirst()
    }
    while let word = rest.popFirst() {
      if word.hasPrefix("-") { try readOption(word, &rest) } else { words.append(word) }
    }
    if !isHelp { try checkWords() }
  }

  private mutating func readOption(
    _ option: String, _ rest: inout ArraySlice<String>
  ) throws(Complaint) {
    let allowed = Invocation.options(of: command)
    guard allowed.contains(option) else {
      throw .usage(
        "\(command == .board ? "course" : "course \(command.rawValue)") has no option \"\(option)\"",
        near(option, allowed))
    }
    func value() throws(Complaint) -> String {
      guard let value = rest.popFirst(), !value.hasPrefix("--") else {
        throw .usage("\(option) needs a value", nil)
      }
      return value
    }
    func number() throws(Complaint) -> Int {
      let text = try value()
      guard let number = Int(text), number > 0 else {
        throw .usage("\(option) needs a number from 1, not \"\(text)\"", nil)
      }
      return number
    }
    switch option {
    case "--json": isJSON = true
    case "--yes": isYes = true
    case "--tier": tier = try number()
    case "--csv": csv = try value()
    case "--chapter": chapters.append(try number())
    default: isHelp = true
    }
  }

  private static func options(of command: Command) -> [String] {
    switch command {
    case .board, .next, .check, .chapters: ["--json", "--help", "-h"]
    case .hint: ["--tier", "--json", "--help", "-h"]
    case .reset: ["--yes", "--json", "--help", "-h"]
    case .grade: ["--csv", "--chapter", "--json", "--help", "-h"]
    case .studentTree: ["--json", "--help", "-h"]
    }
  }

  private func checkWords() throws(Complaint) {
    switch command {
    case .board, .next, .chapters:
      if let word = words.first {
        throw .usage("course \(command.rawValue) takes no \"\(word)\"", nil)
      }
    case .check: break
    case .hint, .reset:
      if words.count != 1 {
        throw .usage("course \(command.rawValue) needs one exercise, like 1.2", nil)
      }
    case .grade:
      if words.count != 1 {
        throw .usage("course grade needs one folder, with a sub-folder for each learner", nil)
      }
      if csv == nil { throw .usage("course grade needs --csv FILE", nil) }
    case .studentTree:
      if words.count != 1 { throw .usage("course student-tree needs the folder to make", nil) }
    }
  }

  static let help = """
    swift run course                    the board: exercises, their states, the next thing to do
    swift run course next               the next exercise, and where to begin
    swift run course check [1.2 | 1]…   checks exercises, or chapters, or all
    swift run course hint 1.2           the next hint (--tier N: that one)
    swift run course reset 1.2          puts the stub back, after asking; keeps a copy of your text
    swift run course chapters           the chapters and how to run them
    swift run course grade FOLDER --csv FILE [--chapter N]…
                                        checks each learner's folder, writes points and a manifest
    swift run course student-tree FOLDER
                                        copies the course without its solutions

    Every command takes --json. Colour is left out when piped or when NO_COLOR is set.

    Exit status: 0 done, and all that was checked is right · 1 something is not right yet, or you
    answered no · 2 an exercise does not compile · 64 the command line is wrong · 66 an input is
    missing · 70 something else went wrong · 73 an output cannot be written
    """
}

/// An error that ends the program: one line, and an exit status.
struct Complaint: Error, Equatable {
  var message: String
  var status: Int32

  static func usage(_ message: String, _ suggestion: String?) -> Complaint {
    let question = suggestion.map { " Did you mean \"\($0)\"?" } ?? ""
    return Complaint(
      message: "\(message).\(question) All commands: swift run course --help", status: 64)
  }

  static func input(_ message: String) -> Complaint { Complaint(message: message, status: 66) }
  static func output(_ message: String) -> Complaint { Complaint(message: message, status: 73) }
  static func failure(_ message: String) -> Complaint { Complaint(message: message, status: 70) }
}

/// The candidate that differs from a word in the fewest letters, if it is near enough.
func near(_ word: String, _ candidates: [String]) -> String? {
  let ranked = candidates.map { (name: $0, distance: distance(word, $0)) }
  guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(2, word.count / 3) ? best.name : nil
}

/// How many letters must be added, dropped or changed to turn one word into the other (Levenshtein).
func distance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.lowercased()), Array(b.lowercased()))
  var row = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in b.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(row[j] + 1, above + 1, diagonal + (letter == other ? 0 : 1))
      diagonal = above
    }
  }
  return row[b.count]
}
