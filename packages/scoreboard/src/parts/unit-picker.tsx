import { useContext, useEffect } from 'react'
import { ComboBox, ComboBoxStateContext, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { plain } from '../plain.ts'
import { useSettings } from '../settings.tsx'
import { InLanguage } from './in-language.tsx'

interface Unit {
  readonly code: string
  readonly name: string
}

/** One of many units, found by a part of its name (diacritics do not matter) or its code. */
export function UnitPicker({
  label,
  units,
  chosen,
  onChoose,
}: {
  readonly label: string
  readonly units: readonly Unit[]
  readonly chosen?: string | null
  readonly onChoose: (code: string) => void
}) {
  const { t } = useSettings()
  return (
    <InLanguage>
      <ComboBox
        className="picker"
        defaultItems={units.map((unit) => ({ ...unit, id: unit.code }))}
        defaultSelectedKey={chosen ?? null}
        defaultFilter={(text, typed) => plain(text).includes(plain(typed))}
        menuTrigger="focus"
        onSelectionChange={(key) => key !== null && key !== chosen && onChoose(String(key))}
      >
        <Label>{label}</Label> <Field placeholder={t('unitHint')} />
        <Popover className="popover">
          <ListBox<Unit & { id: string }>
            className="listbox"
            renderEmptyState={() => <p className="quiet">{t('nothing')}</p>}
          >
            {({ code, name }) => (
              <ListBoxItem textValue={`${name} (${code})`} className="option">
                {name} <span className="quiet">{code}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
    </InLanguage>
  )
}

/** What is typed takes the place of what was chosen, and the first unit that fits it is the one that Enter takes. */
function Field({ placeholder }: { readonly placeholder: string }) {
  const state = useContext(ComboBoxStateContext)
  const chosen = state?.selectedItem?.textValue ?? ''
  const isTyped = state !== null && state.isOpen && state.inputValue !== '' && state.inputValue !== chosen
  const first = isTyped ? state.collection.getFirstKey() : null
  const marked = state?.selectionManager.focusedKey ?? null
  useEffect(() => {
    if (first !== null && marked === null) state?.selectionManager.setFocusedKey(first)
  }, [first, marked, state])
  return (
    <Input
      placeholder={placeholder}
      onClick={({ currentTarget }) => currentTarget.value === chosen && currentTarget.select()}
    />
  )
}
