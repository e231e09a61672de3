import Foundation
import Testing

@testable import Notebook

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct MathematicsTests {
  static let formulas: [(tex: String, unicode: String, ascii: String)] = [
    (#"x_1^2 + y_{ij} - \alpha\beta"#, "x₁² + yᵢⱼ − αβ", "x_1^2 + y_{ij} - alpha beta"),
    (#"-x \cdot (-y)"#, "−x · (−y)", "-x * (-y)"),
    (
      #"\ell_{i,j} = -\log \frac{\exp(\operatorname{sim}(z_i, z_j)/\tau)}{\sum_{k=1}^{2N} \mathbb{1}_{[k \neq i]} \exp(\operatorname{sim}(z_i, z_k)/\tau)}"#,
      "ℓ_{i,j} = −log(exp(sim(zᵢ, zⱼ)/τ) / (∑ₖ₌₁²ᴺ 𝟙_{[k≠i]} exp(sim(zᵢ, zₖ)/τ)))",
      "l_{i,j} = -log(exp(sim(z_i, z_j)/tau) / (sum_{k=1}^{2N} 1_{[k!=i]} exp(sim(z_i, z_k)/tau)))"
    ),
    (
      #"\operatorname{softmax}\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V"#,
      "softmax(QKᵀ/√dₖ) V", "softmax(QK^T / sqrt(d_k)) V"
    ),
    (
      #"\nabla_\theta J(\theta) = \mathbb{E}_{\tau \sim \pi_\theta}\left[\sum_{t=0}^{T} \nabla_\theta \log \pi_\theta(a_t \mid s_t)\, R_t\right]"#,
      "∇_θ J(θ) = 𝔼_{τ∼π_θ}[∑ₜ₌₀ᵀ ∇_θ log π_θ(aₜ | sₜ) Rₜ]",
      "grad_theta J(theta) = E_{tau~pi_theta}[sum_{t=0}^T grad_theta log pi_theta(a_t | s_t) R_t]"
    ),
    (
      #"H(p, q) = -\sum_{c} p_c \log q_c"#, "H(p, q) = −∑_c p_c log q_c",
      "H(p, q) = -sum_c p_c log q_c"
    ),
    (
      #"\mathcal{L} = \frac{1}{N}\sum_{n=1}^{N} \lVert \hat{x}_n - x_n \rVert_2^2 + \lambda \mathcal{L}_{\text{adv}}"#,
      "ℒ = 1/N ∑ₙ₌₁ᴺ ‖x̂ₙ − xₙ‖₂² + λℒ_adv",
      "L = 1/N sum_{n=1}^N ||hat(x)_n - x_n||_2^2 + lambda L_adv"
    ),
    (
      #"f(x) = \begin{cases} x & \text{if } x > 0 \\ 0.01\,x & \text{otherwise} \end{cases}"#,
      "f(x) = { x, if x > 0; 0.01 x, otherwise }", "f(x) = { x, if x > 0; 0.01 x, otherwise }"
    ),
    (
      #"A = \begin{pmatrix} a & b \\ c & d \end{pmatrix}, \quad \det A = ad - bc"#,
      "A = (a, b; c, d),  det A = ad − bc", "A = (a, b; c, d),  det A = ad - bc"
    ),
    (
      #"\theta^* = \operatorname*{arg\,max}_\theta \prod_t p_\theta(x_t \mid x_{<t})"#,
      "θ* = arg max_θ ∏ₜ p_θ(xₜ | x_{<t})", "theta^* = arg max_theta prod_t p_theta(x_t | x_{<t})"
    ),
    (
      #"m \odot x + (1 - m) \odot \hat x \in \mathbb{R}^{H \times W}"#,
      "m ⊙ x + (1 − m) ⊙ x̂ ∈ ℝ^{H×W}", "m .* x + (1 - m) .* hat(x) in R^{H x W}"
    ),
    (
      #"\frac{a+b}{2c} \le \frac{\partial L}{\partial w}"#, "(a + b) / (2c) ≤ ∂L/∂w",
      "(a + b) / (2c) <= dL/dw"
    ),
    (
      #"\sqrt[3]{x+1}, \sqrt{2}, x', \bar{x}"#, "³√(x + 1), √2, x′, x̄",
      "root_3(x + 1), sqrt(2), x', bar(x)"
    ),
    (#"x \mapsto x^{-1}, n \to \infty"#, "x ↦ x⁻¹, n → ∞", "x |-> x^{-1}, n -> inf"),
    (#"50\,\% \text{ of } N"#, "50 % of N", "50 % of N"),
    (#"\left(\frac{a}{b}\right)^2"#, "(a/b)²", "(a/b)^2"),
    (#"\begin{aligned} q &= x W \\ k &= y V \end{aligned}"#, "q = xW;  k = yV", "q = xW;  k = yV"),
    ("", "", ""),
  ]

  @Test(arguments: formulas)
  func `a formula reads well in one line`(_ formula: (tex: String, unicode: String, ascii: String))
    throws
  {
    #expect(try Mathematics.unicode(formula.tex) == formula.unicode)
    #expect(try Mathematics.ascii(formula.tex) == formula.ascii)
  }

  @Test(arguments: formulas)
  func `a formula becomes well-formed MathML with its source`(
    _ formula: (tex: String, unicode: String, ascii: String)
  ) throws {
    for display in [false, true] {
      let text = try Mathematics.mathML(formula.tex, display: display)
      let parser = XMLParser(data: Data(text.utf8))
      #expect(parser.parse(), "\(text)")
      #expect(text.contains("<annotation encoding=\"application/x-tex\">"))
      #expect(text.contains("display=\"block\"") == display)
    }
  }

  @Test func `fractions, limits and scripts have their elements`() throws {
    let text = try Mathematics.mathML(#"\sum_{i=1}^N \frac{x_i^2}{\sqrt{y}}"#, display: true)
    #expect(
      text.contains(
        "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>N</mi></munderover>"
          + "<mfrac><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup><msqrt><mi>y</mi></msqrt></mfrac>"
      ))
    // A sign in front of a term has no space after it, whatever stands before.
    #expect(try Mathematics.mathML("a < -b", display: false).contains("<mo form=\"prefix\">−</mo>"))
  }

  @Test func `the rows of aligned formulas are lines of their own`() throws {
    let rows = try Mathematics.unicodeLines(#"\begin{aligned} a &= b \\ &= c \end{aligned}"#)
    #expect(rows == ["a = b", "= c"])
  }

  @Test func `aligned formulas meet at their signs, in Chromium too`() throws {
    let text = try Mathematics.mathML(
      #"\begin{aligned} ab &= c \end{aligned}"#, display: true)
    let cells = text.split(separator: "<mtd").dropFirst().map { $0.prefix { $0 != ">" } }
    #expect(cells.map { $0.contains("text-align:-webkit-right") } == [true, false])
    #expect(cells.map { $0.contains("text-align:-webkit-left") } == [false, true])
  }

  @Test(arguments: [
    (#"\foo x"#, 1, #"\foo is not known here"#), (#"\frac{1}"#, 9, "\\frac needs something"),
    ("x_1_2", 4, "second subscript"), ("x^a^b", 4, "second superscript"), ("{x", 1, "missing"),
    ("x}", 2, "without its {"), ("a & b", 3, "outside"), (#"a \\ b"#, 3, "outside"),
    (#"\left( x"#, 6, "missing"), (#"x \right)"#, 3, "without its \\left"),
    (#"\begin{cases} x \end{aligned}"#, 17, #"\end{cases} belongs"#),
    (#"\begin{foo} x \end{foo}"#, 1, "not known"), ("50%", 3, #"write \%"#),
    ("x^", 3, "needs something"), (#"\text{a $b$}"#, 9, "cannot stand"), ("a ☃", 3, "not known"),
    (#"\"#, 2, "without a name"), (#"\text{a"#, 6, "missing"),
    (#"\left x y \right)"#, 7, "no bracket"),
    (#"\sqrt[3{x}"#, 6, "missing"), (#"\begin{cases} x"#, 13, "missing"),
  ])
  func `what is not known is an error with its place`(_ tex: String, _ place: Int, _ reason: String)
  {
    for read in [Mathematics.unicode, Mathematics.ascii] {
      let error = #expect(throws: MathematicsError.self) { try read(tex) }
      #expect(error?.position == place)
      #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
      #expect(error?.description.contains(tex) == true)
    }
  }

  @Test func `every command of the tables can be written in all three forms`() throws {
    let commands =
      Array(MathSymbols.greek.keys) + MathSymbols.signs.keys.filter { !"{}".contains($0) }
      + MathSymbols.functions.keys
    for command in commands {
      let tex = "a \\\(command) b"
      #expect(try !Mathematics.unicode(tex).isEmpty)
      let isASCII = try Mathematics.ascii(tex).allSatisfy { $0.isASCII }
      #expect(isASCII, "\(command)")
      #expect(XMLParser(data: Data(try Mathematics.mathML(tex, display: false).utf8)).parse())
    }
  }
}
