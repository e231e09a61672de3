import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension TerminalStyle {
  /// The widest text that reads well.
  static let widest = 90

  /// What standard output can show: colours and all signs on a terminal that has them, plain ASCII
  /// in a pipe, a file, with `NO_COLOR` or in a locale without UTF-8.
  static func standardOutput() -> TerminalStyle {
    detect(
      isTerminal: isatty(1) == 1, columns: columns(),
      environment: ProcessInfo.processInfo.environment)
  }

  /// The rule itself, apart from the process that it is applied to.
  static func detect(
    isTerminal: Bool, columns: Int?, environment: [String: String]
  ) -> TerminalStyle {
    guard isTerminal else { return .plain }
    let width = min(widest, max(40, columns ?? 80))
    let isPlain =
      environment["NO_COLOR", default: ""] != "" || environment["TERM"] == "dumb"
      || !hasUnicode(environment)
    return TerminalStyle(width: width, usesColour: !isPlain, usesUnicode: !isPlain)
  }

  /// Whether the locale is one with UTF-8; where none is set, it is taken to be.
  private static func hasUnicode(_ environment: [String: String]) -> Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    guard let locale = names.compactMap({ environment[$0] }).first(where: { !$0.isEmpty }) else {
      return true
    }
    return locale.lowercased().replacing("-", with: "").contains("utf8")
  }

  /// The width of the terminal at standard output.
  private static func columns() -> Int? {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
