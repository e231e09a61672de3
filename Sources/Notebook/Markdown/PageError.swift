/// What is wrong with a page, and where.
public struct PageError: Error, CustomStringConvertible, Equatable, Sendable {
  /// The page's path, as messages show it.
  public var page: String
  /// The line in the page, counted from 1; 0 where no line is to blame.
  public var line: Int
  /// What is wrong and what to do about it.
  public var message: String

  /// Names a fault at a line of a page.
  public init(page: String, line: Int, message: String) {
    self.page = page
    self.line = line
    self.message = message
  }

  /// `chapters/01-…/README.md:12: what is wrong`, the form that editors turn into a link.
  public var description: String {
    line > 0 ? "\(page):\(line): \(message)" : "\(page): \(message)"
  }
}
