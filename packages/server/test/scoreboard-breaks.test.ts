// Where the page used to break, or to say what is not so.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { downloaded, inBrowser, launchBrowser, withPage } from './browser.ts'
import { cleanUp, ownDatabase, type RunningServer, shared, start } from './harness.ts'
import { SCREENSHOTS, settled, violations, watch } from './scoreboard-page.ts'
import { bearer, tokens } from './tokens.ts'

async function saved(page: Page, click: () => Promise<void>): Promise<readonly [string, string]> {
  const download = await downloaded(page, click)
  return [download.suggestedFilename(), readFileSync(await download.path(), 'utf8')]
}

inBrowser.each([
  ['a day that is none', '/?asOf=garbage', 'garbage'],
  ['a day of another year', '/xep-hang?asOf=2019-05-01', '2019-05-01'],
])('an address with %s says so, and shows the newest figures', (_, path, text) =>
  withPage(async (page) => {
    const { origin } = shared('plain')
    const problems = watch(page, origin)
    await page.goto(`${origin}${path}`)
    await settled(page)
    expect(await page.locator('.warning').textContent()).toMatch(new RegExp(`${text}.*31/12/2022`))
    expect(problems).toEqual([])
  }),
)

inBrowser('a year without a directive says which there is, and has a way on', () =>
  withPage(async (page) => {
    await page.goto(`${shared('plain').origin}/?year=2030`)
    await page.getByText('chưa có chỉ thị của năm 2030, chỉ có năm 2022').waitFor({ timeout: 15_000 })
    await page.getByRole('link', { name: 'Xem năm mới nhất' }).click()
    await page.getByRole('heading', { name: 'Cần chú ý' }).waitFor()
  }),
)

inBrowser('a part of the page that cannot be fetched leaves no white page', () =>
  withPage(async (page) => {
    const { origin } = shared('plain')
    await page.route(/assets\/ranking/, (route) => route.abort())
    await page.goto(`${origin}/`)
    await settled(page)
    await page.getByRole('link', { name: 'Xếp hạng' }).click()
    await page.getByRole('heading', { name: 'Chưa tải được trang này' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.unroute(/assets\/ranking/)
    await page.getByRole('button', { name: 'Tải lại trang' }).click()
    await page.getByRole('heading', { name: 'Xếp hạng 2022' }).waitFor()
    // Another view is a way on too.
    await page.getByRole('link', { name: 'Phương pháp' }).first().click()
    await page.getByRole('heading', { name: 'Phương pháp' }).waitFor()
  }),
)

inBrowser(
  'nine tabs of one browser all answer, and one of them listens for all',
  async () => {
    const { origin } = shared('plain')
    const browser = await launchBrowser()
    try {
      const context = await browser.newContext()
      const listening: string[] = []
      context.on('request', (request) => {
        if (request.url().includes('evaluationChanged')) listening.push(request.url())
      })
      for (let i = 0; i < 9; i++) {
        const page = await context.newPage()
        await page.goto(`${origin}/don-vi/11`, { timeout: 15_000 })
        await settled(page)
      }
      expect(listening.length).toBe(1)
    } finally {
      await browser.close()
    }
  },
  120_000,
)

inBrowser('Back closes the explanation of a cell, and a click beside it does too', () =>
  withPage(async (page) => {
    await page.goto(`${shared('demo').origin}/ma-tran`)
    await settled(page)
    const dialog = page.getByRole('dialog')
    await page.locator('td[data-at="1 1"]').click()
    await dialog.locator('blockquote').waitFor()
    await page.goBack()
    await dialog.waitFor({ state: 'detached' })
    expect(new URL(page.url()).pathname).toBe('/ma-tran')
    await page.locator('td[data-at="1 1"]').click()
    await dialog.locator('blockquote').waitFor()
    await page.mouse.click(5, 400)
    await dialog.waitFor({ state: 'detached' })
    expect(page.url()).not.toContain('cell=')
  }),
)

inBrowser('each view and unit has its title, and the focus goes along', () =>
  withPage(async (page) => {
    const { origin } = shared('plain')
    await page.goto(`${origin}/don-vi/096`)
    await settled(page)
    await page.waitForFunction(() => document.title === 'Huyện Mường Nhé – Chỉ tiêu tỉnh Điện Biên 2022')
    expect(await page.getAttribute('meta[name="description"]', 'content')).toContain('Huyện Mường Nhé, 31/12/2022')
    await page.getByRole('link', { name: 'Chỉ tiêu', exact: true }).click()
    await page.waitForFunction(() => document.title === 'Chỉ tiêu – Chỉ tiêu tỉnh Điện Biên 2022')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
  }),
)

inBrowser('nothing is ranked by nothing, and what is not published is said once', () =>
  withPage(async (page) => {
    const { origin } = shared('plain')
    await page.goto(`${origin}/xep-hang`)
    await settled(page)
    expect(await page.textContent('main')).toMatch(/Chưa xếp hạng: không có chỉ tiêu nào được tính/)
    expect(await page.locator('main table, main svg').count()).toBe(0)
    // By what it would be ranked stands there all the same.
    expect(await page.textContent('main')).toMatch(
      /Trọng số.*Điều kiện.*đã ký giao ước thi đua.*Cờ thi đua của UBND tỉnh: 1/,
    )
    await page.goto(`${origin}/`)
    await settled(page)
    expect(await page.locator('.answer').textContent()).toMatch(
      /31\/12\/2022, đạt 2\/69 chỉ tiêu.*8 chưa có số liệu cuối năm, 59 chưa có số liệu công bố/,
    )
    await page.goto(`${origin}/ma-tran`)
    await settled(page)
    expect(await page.textContent('main')).toContain('không được công bố')
    expect(await page.locator('td').count()).toBe(0)
  }),
)

inBrowser('a table comes down as it is seen, a drawing with its title, day and mark', () =>
  withPage(async (page) => {
    const { origin } = shared('demo')
    await page.goto(`${origin}/chi-tieu/social-investment?asOf=2022-09-30`)
    await settled(page)
    const [name, table] = await saved(page, () => page.getByRole('button', { name: 'CSV' }).last().click())
    expect(name).toBe('chi-tieu-social-investment-2022-09-30.csv')
    const lines = table.trimEnd().split('\r\n')
    expect(lines[0]).toMatch(
      /^\ufeffĐơn vị,Giá trị \(tỷ đồng\),Diễn biến,Đến ngày,Mục tiêu,Hoàn thành,Trạng thái,Nguồn,giả lập$/,
    )
    expect(lines.length).toBe(1 + (await page.locator('table').last().locator('tbody tr').count()))
    expect(lines.slice(1).every((line) => line.endsWith(',giả lập'))).toBe(true)
    const [, drawing] = await saved(page, () => page.getByRole('button', { name: 'SVG' }).last().click())
    expect(drawing).toMatch(
      /Tổng vốn đầu tư toàn xã hội: Hoàn thành.*Tính đến ngày 30\/09\/2022.*SỐ LIỆU GIẢ LẬP.*Nguồn: .*02\/CT-UBND/s,
    )
    await page.goto(`${origin}/ma-tran`)
    await settled(page)
    const [, matrix] = await saved(page, () => page.getByRole('button', { name: 'CSV' }).click())
    expect(matrix.split('\r\n')[1]).toMatch(/^Huyện Điện Biên Đông,(?:[✗✓◌]\S*\*|·|\?)/)
    // Sorted by a head, it comes down so.
    await page.getByRole('button', { name: 'Tổng vốn đầu tư toàn xã hội' }).click()
    await page.waitForFunction(() => document.querySelector('th[aria-sort="descending"]'))
    const first = await page.locator('tbody th[scope=row]').first().textContent()
    const [, sorted] = await saved(page, () => page.getByRole('button', { name: 'CSV' }).click())
    expect(sorted.split('\r\n')[1]?.split(',')[0]).toBe(first)
  }),
)

inBrowser('the matrix is printed whole: every column, in landscape', () =>
  withPage(async (page) => {
    await page.goto(`${shared('demo').origin}/ma-tran`)
    await settled(page)
    const columns = await page.locator('th.turned').count()
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await page.locator('.printed th.turned').count()).toBe(columns)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(pdf).toMatch(/MediaBox \[0 0 84\d(\.\d+)? 59\d/)
  }),
)

inBrowser('the history ends at the day that is asked about', () =>
  withPage(async (page) => {
    await page.goto(`${shared('plain').origin}/chi-tieu/budget-revenue?asOf=2022-09-30`)
    await settled(page)
    const days = await page
      .getByRole('group', { name: /^Số liệu theo thời gian/ })
      .locator('tbody th')
      .allTextContents()
    expect(days.map((day) => day.trim())).toEqual(['31/08/2022', '31/03/2022'])
    // As Vietnamese writes numbers.
    expect(await page.locator('.drawing svg').first().textContent()).toContain('1.000')
    await page.goto(`${shared('plain').origin}/chi-tieu/poverty-rate`)
    await settled(page)
    expect(await page.locator('main').textContent()).toContain('Năm trước: 35,38%')
  }),
)

inBrowser('units, indicators and duties are found without diacritics, and units stand beside each other', () =>
  withPage(async (page) => {
    const { origin } = shared('demo')
    await page.goto(`${origin}/tim`)
    await settled(page)
    await page.getByRole('searchbox').fill('muong nhe')
    await page.getByRole('link', { name: 'Huyện Mường Nhé' }).waitFor()
    await page.getByRole('searchbox').fill('giao uoc thi dua')
    await page.getByRole('heading', { name: /^Nhiệm vụ/ }).waitFor()
    await page.goto(`${origin}/so-sanh?units=096`)
    await settled(page)
    await page.getByRole('combobox').fill('tuan giao')
    await page.getByRole('option', { name: /^Huyện Tuần Giáo/ }).click()
    await page.getByRole('button', { name: 'Huyện Tuần Giáo' }).first().waitFor()
    await settled(page)
    expect(await page.locator('thead th').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('Huyện Mường Nhé'), expect.stringContaining('Huyện Tuần Giáo')]),
    )
    expect(page.url()).toMatch(/units=096\+.*\d/)
  }),
)

describe('where figures are written', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dienbien-scoreboard-breaks-'))
  let server: RunningServer
  let environment: Record<string, string>
  beforeAll(async () => {
    environment = { DATA_DIR: dataDir, ...(await ownDatabase('demo')) }
    server = await start(environment)
  })
  afterAll(async () => {
    await server.stop()
    await cleanUp()
    rmSync(dataDir, { recursive: true, force: true })
  })

  inBrowser("a district's new figure moves the matrix without a reload", () =>
    withPage(async (page) => {
      await page.goto(`${server.origin}/ma-tran?section=3.1`)
      await settled(page)
      await page.waitForTimeout(500) // the live answer is open
      const cell = page.getByRole('gridcell', { name: /^Huyện Mường Nhé, Tổng vốn đầu tư toàn xã hội/ })
      const before = await cell.textContent()
      const { errors } = await server.query(
        'mutation ($input: SubmitMeasurementsInput!) { submitMeasurements(input: $input) { errors { message } } }',
        {
          input: {
            unit: '096',
            year: 2022,
            asOf: '2022-12-31',
            status: 'OFFICIAL',
            reason: 'thử',
            values: [{ indicator: 'social-investment', value: 1000 }],
          },
        },
        bearer(tokens(() => environment)('--role', 'administrator')),
      )
      expect(errors).toBeUndefined()
      await page.waitForFunction(
        ([name, old]) => {
          const found = [...document.querySelectorAll('td')].find((element) =>
            element.ariaLabel?.startsWith(name as string),
          )
          return found !== undefined && found.textContent !== old
        },
        ['Huyện Mường Nhé, Tổng vốn đầu tư toàn xã hội', before] as const,
        { timeout: 10_000 },
      )
    }),
  )

  inBrowser('a figure that is doubtful, or would not count, is told before it is stored, and typed values stay', () =>
    withPage(async (page) => {
      await page.goto(`${server.origin}/bao-cao`)
      await settled(page)
      await page.getByLabel('Mã truy cập').fill(tokens(() => environment)('--role', 'reporter', '--unit', '102'))
      await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click()
      expect(await page.getByText('Đang dùng mã của').textContent()).toMatch(/người báo cáo, 102.*đến \d/)
      const field = page.getByLabel('Số mới: Tổng thu ngân sách nhà nước')
      await field.fill('-5')
      await page.getByText('là số âm').first().waitFor()
      await page
        .getByText(/sẽ được lưu nhưng không được tính/)
        .first()
        .waitFor()
      const submit = page.getByRole('button', { name: /^Gửi số liệu/ })
      expect(await submit.isDisabled()).toBe(true)
      // Who was sure of one value is asked again about another, whatever the words of the doubt.
      const sure = page.getByLabel('Đã kiểm tra, số liệu đúng')
      await sure.check()
      expect(await submit.isDisabled()).toBe(false)
      await field.fill('-50')
      expect(await sure.isChecked()).toBe(false)
      expect(await submit.isDisabled()).toBe(true)
      await field.fill('-5')
      expect(await violations(page)).toEqual([])
      await page.getByRole('link', { name: 'Xếp hạng' }).click()
      await settled(page)
      await page.getByRole('link', { name: 'Báo cáo' }).click()
      await settled(page)
      expect(await field.inputValue()).toBe('-5')
      const download = await downloaded(page, () => page.getByRole('button', { name: 'Tải mẫu Excel' }).click())
      expect(download.suggestedFilename()).toBe('mau-bao-cao-102-2022-12-31.xlsx')
    }),
  )
})

interface DataPackage {
  readonly title: string
  readonly description: string
  readonly sources: readonly { readonly title: string }[]
  readonly resources: readonly {
    readonly path: string
    readonly bytes: number
    readonly schema: { readonly fields: readonly { readonly name: string }[]; readonly primaryKey: readonly string[] }
  }[]
}

inBrowser.each(['plain', 'demo'] as const)(
  'all %s figures come down as CSV, JSON and a data package, each with source and mark',
  (kind) =>
    withPage(async (page) => {
      const { origin } = shared(kind)
      await page.goto(`${origin}/phuong-phap?asOf=2022-10-31`)
      await settled(page)
      const button = (name: string) => page.getByRole('button', { name }).first().click()
      const [, json] = await saved(page, () => button('Mọi số liệu: JSON'))
      const rows = JSON.parse(json) as { source: string | null; synthetic: boolean }[]
      expect(rows.length).toBeGreaterThan(5)
      const [, csv] = await saved(page, () => button('Mọi số liệu: CSV'))
      expect(csv.split('\r\n')[0]).toBe('\ufeffunit,name,indicator,asOf,value,status,revision,source,synthetic')
      const download = await downloaded(page, () => button('Frictionless Data Package'))
      expect(download.suggestedFilename()).toBe('so-lieu-2022-2022-10-31.zip')
      if (SCREENSHOTS) await download.saveAs(join(SCREENSHOTS, `${kind}-package.zip`))
      const files = unzipSync(readFileSync(await download.path()))
      const content = (path: string) => strFromU8(files[path] as Uint8Array)
      const said = JSON.parse(content('datapackage.json')) as DataPackage
      expect(Object.keys(files).sort()).toEqual(['datapackage.json', ...said.resources.map(({ path }) => path)].sort())
      for (const { path, bytes, schema } of said.resources) {
        expect([path, files[path]?.length]).toEqual([path, bytes])
        expect(content(path).split('\r\n')[0]).toBe(schema.fields.map(({ name }) => name).join(','))
      }
      expect(content('figures.csv')).toBe(csv.slice(1))
      // Invented units, such as the bloc of the demonstration, have their mark too.
      expect(content('units.csv').includes(',true\r\n')).toBe(kind === 'demo')
      const sources = new Set(rows.flatMap(({ source }) => source ?? []))
      expect(new Set(said.sources.slice(1).map(({ title }) => title))).toEqual(sources)
      const isInvented = rows.some(({ synthetic }) => synthetic)
      expect(isInvented).toBe(kind === 'demo')
      expect([said.title, said.description].map((text) => text.includes('SỐ LIỆU GIẢ LẬP'))).toEqual([
        isInvented,
        isInvented,
      ])
      expect(said.description).toContain('không cấp giấy phép riêng')
      // What cannot be fetched is told.
      await page.route('**/graphql', (route) => route.abort())
      await button('Mọi số liệu: CSV')
      await page.getByRole('alert').getByText('máy chủ không trả lời').waitFor()
    }),
)

inBrowser.each([
  ['an indicator', '/chi-tieu/social-investment'],
  ['a unit', '/don-vi/102'],
])('the page of %s has lines through the year, up to the day that is asked about', (_, path) =>
  withPage(async (page) => {
    const { origin } = shared('demo')
    const days = async (asOf: string) => {
      await page.goto(`${origin}${path}?asOf=${asOf}`)
      await settled(page)
      await page.locator('svg.trend').first().waitFor()
      const labels = await page.locator('svg.trend').evaluateAll((all) => all.map((element) => element.ariaLabel ?? ''))
      expect(labels.every((label) => label.includes('(giả lập)'))).toBe(true)
      return labels.map((label) =>
        [...label.matchAll(/(\d\d)\/(\d\d)\/(\d{4}):/g)].map(([, day, month, year]) => `${year}-${month}-${day}`),
      )
    }
    const [middle, end] = [await days('2022-09-30'), await days('2022-12-31')]
    for (const line of [...middle, ...end]) {
      expect(line.length).toBeGreaterThan(1)
      expect(line).toEqual([...new Set(line)].sort())
    }
    expect(middle.flat().every((day) => day <= '2022-09-30')).toBe(true)
    expect(end.flat().length).toBeGreaterThan(middle.flat().length)
    expect(await violations(page)).toEqual([])
  }),
)
