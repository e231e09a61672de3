/// What one run of a chapter has shown, said and measured so far.
struct RunRecord: Sendable {
  /// A cell and what it showed.
  struct Cell: Sendable {
    let name: String
    /// Where the program opens it.
    let source: SourcePlace
    var output: [any Showable] = []
  }

  /// A number that the run computed for the text.
  struct Number: Sendable, Equatable {
    let text: String
    /// What would have been about as good a choice, and may stand in the page.
    var others: [String] = []
    /// How far it may be from the page's where the page writes no tolerance: for a number of a table with
    /// its spread.
    var tolerance: Tolerance?
    let source: SourcePlace
  }

  var cells: [Cell] = []
  var numbers: [String: Number] = [:]
  /// Places in tables that a shorter run does not have.
  var absent: Set<String> = []
  var claims: [Claim] = []
}

/// A line of the program.
struct SourcePlace: Sendable, Equatable {
  let file: String
  let line: Int

  /// A fault in the program, in the form of a fault in the page.
  func failure(_ message: String) -> PageError {
    PageError(page: PagePath.shown(file), line: line, message: message)
  }
}
