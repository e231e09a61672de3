/// Why data could not be read: which, what is wrong with them, and what to do about it.
public struct DataError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What kind of trouble it is.
  public enum Kind: Sendable {
    /// There is no such file, or a program that reading it needs.
    case missing
    /// The file is there, and the system would not let it be read or written.
    case unreadable
    /// The file was read, and what it holds is not what it should be.
    case damaged
  }

  /// What kind of trouble it is.
  public let kind: Kind
  /// The file, as it was named.
  public let file: String
  /// What is wrong.
  public let reason: String
  /// What to do.
  public let remedy: String

  /// Makes an error from its parts; reason and remedy are clauses without a full stop.
  public init(_ kind: Kind, file: String, reason: String, remedy: String) {
    self.kind = kind
    self.file = file
    self.reason = reason
    self.remedy = remedy
  }

  /// One line: the file, what is wrong with it, and what to do.
  public var description: String { "\(file): \(reason); \(remedy)" }
}
