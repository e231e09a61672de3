import Foundation

/// Reads a chapter's command line: the options are the same for all, and stand here alone.
struct OptionParser {
  let chapter: Int
  var data: [DataChoice] = []
  var own: [ChapterOption] = []
  /// What `--mine` does in this chapter; nil where it does nothing.
  var mine: String?

  /// What the command line asks for.
  enum Request: Equatable {
    case run(ChapterOptions)
    case help
  }

  /// The options of every chapter, then the chapter's own.
  var options: [ChapterOption] {
    var options: [ChapterOption] = [
      .flag("--quick", "a smoke run of seconds: its numbers mean nothing"),
      .flag("--full", "the run that the page's numbers come from (up to 15 minutes)"),
      .value("--seed", "N", "start the random numbers elsewhere (1)"),
    ]
    if !data.isEmpty { options.append(.value("--data", dataForm, "what to learn from, see below")) }
    if let mine { options.append(.flag("--mine", mine)) }
    options += [
      .value("--html", "FILE", "write the chapter, as it ran, as one web page"),
      .value("--ipynb", "FILE", "write the chapter, as it ran, as a Jupyter notebook"),
      .flag("--step", "wait for Enter between the sections"),
      .flag("--check", "compare page, code, claims; with --full the numbers"),
      .flag("--weave", "run in full and write the results into the page"),
      .flag("--help", "this text"),
    ]
    return options + own
  }

  private var dataForm: String {
    data.contains { $0.name == nil } ? "NAME|FILE" : "NAME"
  }

  /// Follows a command line, without the program's name.
  func parse(_ arguments: [String]) throws(UsageError) -> Request {
    var result = ChapterOptions()
    result.declared = own
    result.defaultData = data.first?.name ?? ""
    result.data = result.defaultData
    var given: [String: String] = [:]
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts.first.map(String.init) ?? ""
      let option = try self.option(argument, name: name)
      if option.name == "--help" { return .help }
      guard given[name] == nil else { throw UsageError("\(name) is given twice.") }
      if let form = option.value {
        let value = parts.count == 2 ? String(parts[1]) : rest.popFirst()
        guard let value, !value.isEmpty, !value.hasPrefix("--") else {
          throw UsageError("\(name) needs a value: \(name) \(form).")
        }
        given[name] = value
      } else {
        guard parts.count == 1 else { throw UsageError("\(name) takes no value.") }
        given[name] = ""
      }
    }
    try apply(given, to: &result)
    return .run(result)
  }

  private func option(_ argument: String, name: String) throws(UsageError) -> ChapterOption {
    if let option = options.first(where: { $0.name == name }) { return option }
    if name == "--mine" { throw UsageError("This chapter runs no functions of the learner's.") }
    if name == "--data" { throw UsageError("This chapter makes its own data and reads none.") }
    guard argument.hasPrefix("-") else {
      throw UsageError("“\(argument)” is no option; see --help.")
    }
    let near = EditDistance.suggestion(for: name, among: options.map(\.name))
    throw UsageError(
      "Unknown option \(name). " + (near.map { "Did you mean \($0)?" } ?? "See --help."))
  }

  private func apply(
    _ given: [String: String], to result: inout ChapterOptions
  ) throws(UsageError) {
    func has(_ name: String) -> Bool { given[name] != nil }
    if has("--quick"), has("--full") {
      throw UsageError("--quick and --full exclude each other.")
    }
    if has("--weave"), has("--check") {
      throw UsageError("--weave and --check exclude each other.")
    }
    if has("--weave") {
      let wrong = ["--quick", "--seed", "--data", "--mine", "--step"].first(where: has)
      if let wrong {
        throw UsageError("--weave writes the page of the plain full run; \(wrong) changes it.")
      }
    }
    if has("--check"), has("--mine") {
      throw UsageError("--check tests the chapter's own functions; leave --mine out.")
    }
    result.scale = has("--quick") ? .quick : has("--full") || has("--weave") ? .full : .usual
    if let seed = given["--seed"] {
      guard let number = UInt64(seed) else {
        throw UsageError("--seed needs a whole number from 0 up, not “\(seed)”.")
      }
      result.seed = number
    }
    if let name = given["--data"] { try choose(name, in: &result) }
    result.isMine = has("--mine")
    result.html = given["--html"]
    result.ipynb = given["--ipynb"]
    result.isStep = has("--step")
    result.isWeave = has("--weave")
    result.isCheck = has("--check")
    result.own = given.filter { name, _ in own.contains { $0.name == name } }
  }

  private func choose(_ name: String, in result: inout ChapterOptions) throws(UsageError) {
    let names = data.compactMap(\.name)
    result.data = name
    if names.contains(name) { return }
    let takesFiles = data.contains { $0.name == nil }
    if takesFiles, FileManager.default.isReadableFile(atPath: name) {
      result.isDataFile = true
      return
    }
    if takesFiles, name.contains("/") || name.contains(".") {
      throw UsageError("--data: there is no readable file “\(name)”.")
    }
    let near = EditDistance.suggestion(for: name, among: names)
    let choices = names.joined(separator: ", ") + (takesFiles ? ", or a file's path" : "")
    throw UsageError(
      "--data knows no “\(name)”"
        + (takesFiles ? ", and no readable file has that name. " : ". ")
        + (near.map { "Did you mean \($0)?" } ?? "It takes: \(choices)."))
  }

  /// What `--help` prints.
  func help(title: String) -> String {
    let rows = options.map { ($0.name + ($0.value.map { " \($0)" } ?? ""), $0.explanation) }
    let dataRows = data.map { ($0.name ?? "FILE", $0.explanation) }
    let width = (rows + dataRows).map(\.0.count).max() ?? 0
    func line(_ row: (String, String)) -> String {
      "  " + row.0 + String(repeating: " ", count: width - row.0.count + 2) + row.1
    }
    var lines = [title, "", "swift run chapter\(chapter) [options]", ""] + rows.map(line)
    if !data.isEmpty { lines += ["", "Data (the first is the default):"] + dataRows.map(line) }
    return lines.joined(separator: "\n")
  }
}
